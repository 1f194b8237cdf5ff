import type { IncomingMessage, ServerResponse } from "node:http";
import type { Backend, Fault } from "../fault.ts";
import { closeServer, listen, trackConnections } from "../net/listen.ts";
import { createServer, request } from "../net/node-http.ts";
import { whereOf } from "../net/where-of.ts";
import type { Stage } from "../stage.ts";
import { answer, render } from "./content.ts";

/**
 * A hop that sends every request back to the proxy from which it came, as a wrong name or a rule for the wrong host
 * would. It changes nothing but `Via`. Notes `round` each time, and after `most` rounds `gave-up`: then it answers 508.
 *
 *     client ──▶ proxy ──▶ hop ─┐
 *                 ▲─────────────┘
 */
export function loop(most = 20): Fault {
  return {
    async open(stage: Stage): Promise<Backend> {
      let handle = (_: IncomingMessage, response: ServerResponse) => endWith("200 OK", response, stage);
      const server = createServer((request, response) => handle(request, response));
      const connections = trackConnections(server);
      const { port } = await listen(server, { host: stage.address, port: stage.port });
      return {
        url: `http://${stage.address}:${port}`,
        async arm(route) {
          let rounds = 0;
          handle = (request, response) => {
            rounds += 1;
            stage.note(rounds > most ? "gave-up" : "round", String(rounds));
            if (rounds > most) endWith("508 Loop Detected", response, stage);
            else passOn(request, response, route);
          };
          for (const socket of connections) socket.destroy();
        },
        [Symbol.asyncDispose]: () => closeServer(server, connections),
      };
    },
  };
}

/** Answers and closes, so that what is written below the server does not confuse it. */
function endWith(status: string, response: ServerResponse, stage: Stage): void {
  response.socket?.end(render(answer(status, { Connection: "close" }), stage));
}

function passOn(incoming: IncomingMessage, response: ServerResponse, route: URL): void {
  const { method, url, rawHeaders } = incoming;
  const headers = [...rawHeaders, "Via", "1.1 hop"];
  const onward = request({ ...whereOf(route), method, path: url, headers, agent: false }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.statusMessage, answered.rawHeaders);
    answered.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
