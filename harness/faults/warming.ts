import type { Fault } from "../fault.ts";
import { checkedServer, serve } from "./checked.ts";

/**
 * A server that listens before it is ready: it takes requests and does not answer, until a client of the proxy has been
 * answered otherwise. Its health check tells. Notes `request-waits` for each request, `sick`, and `well` once it is ready.
 */
export function warming(path: string): Fault {
  const server = checkedServer(path, (server, stage) => {
    const ready = stage.noted("answered").then(() => server.become("well"));
    server.become("sick");
    return {
      async handle(peer, request) {
        if (server.health === "sick") peer.note("request-waits", request.line);
        await peer.orGone(ready);
        await serve(peer, request);
      },
    };
  });
  return { ...server, needs: "our client" };
}
