import { createServer } from "node:net";
import type { Backend, Fault } from "../fault.ts";
import { closeServer, listen, trackConnections } from "../net/listen.ts";
import { freshLoopback } from "../net/loopback.ts";
import type { NameQuestion, NameReply } from "../net/name-message.ts";
import type { Stage } from "../stage.ts";
import { answer } from "./content.ts";
import { muted } from "./muted.ts";
import { Peer } from "./peer.ts";
import { missingSecondAddress, proveRefused } from "./refusal.ts";
import { healthyScript, play } from "./script.ts";
import { backendName, serveName } from "./served-name.ts";
import { fin, readRequest, type Step, send } from "./steps.ts";
import { healthy } from "./wire.ts";

/**
 * A backend that moves while it answers its first request, as when a container is replaced: from then on its name
 * leads to a new address, and nobody listens at the old one. Notes each `query`, `probe-refused`, then `moved`.
 *
 *     first request ──▶ old address: stops listening; the name is changed; 200
 *     next request  ──▶ new address: 200
 */
export function moves(): Fault {
  return {
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const backend = opening.use(await healthy().open(stage));
      const { hostname: newAddress, port: portText } = new URL(backend.url);
      const port = Number(portText);
      const oldAddress = freshLoopback();
      const old = opening.use(await openOld(stage, oldAddress, port));
      const name = opening.use(await serveName(stage, leadingTo(oldAddress)));
      const open = opening.move();
      return {
        url: `http://${backendName}:${port}`,
        resolver: name.resolver,
        async arm(route) {
          await backend.arm(route);
          name.arm(leadingTo(oldAddress));
          old.arm(async () => {
            name.arm(leadingTo(newAddress));
            await proveRefused(stage, oldAddress, port);
            stage.note("moved", `from ${oldAddress} to ${newAddress}`);
          });
        },
        prove: () => proveRefused(stage, oldAddress, port),
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
    missing: async () => missingSecondAddress(),
  };
}

function leadingTo(data: string): (question: NameQuestion) => NameReply {
  return ({ name, type }) => ({ records: type === "A" ? [{ name, type, data }] : [] });
}

interface OldPlace extends AsyncDisposable {
  /** The next request is the last one here. Once nobody can connect any more, and before it is answered, `leave` runs. */
  arm(leave: () => Promise<void>): void;
}

async function openOld(stage: Stage, host: string, port: number): Promise<OldPlace> {
  const server = createServer({ allowHalfOpen: true });
  const connections = trackConnections(server);
  let turn = { stage: muted(stage), script: healthyScript };
  server.on("connection", (tcp) => void play(new Peer(turn.stage, tcp, tcp, 1), turn.script));
  await listen(server, { host, port });
  return {
    arm(leave) {
      const move: Step = async () => {
        server.close();
        await leave();
      };
      const steps = [readRequest(), move, send(answer("200 OK", { Connection: "close" })), fin()];
      turn = { stage, script: { steps } };
      for (const socket of connections) socket.destroy();
    },
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}
