import type { Fault } from "../fault.ts";
import { withDeadline } from "../net/deadline.ts";
import { checkedServer, serve } from "./checked.ts";

export interface AbruptRestart {
  /** In the middle of which of its requests it ends, counted from 1. */
  readonly request: number;
  /** It listens again once so many requests of clients have been answered, by whomever. */
  readonly answered: number;
}

/**
 * A server that is restarted without a word to the proxy: it ends in the middle of a request, nobody listens for a
 * while, and it is there again on the same port. Notes `request-read`, `ended`, `probe-refused`, `restarted`.
 */
export function abruptRestart(path: string, when: AbruptRestart): Fault {
  const server = checkedServer(path, (server, stage) => {
    let requests = 0;
    let over = Promise.resolve();
    const restart = async () => {
      stage.note("ended");
      await server.restart(() => stage.noted("answered", when.answered));
      stage.note("restarted");
    };
    return {
      async handle(peer, request) {
        requests += 1;
        if (requests !== when.request) return serve(peer, request);
        peer.note("request-read", request.line);
        over = restart();
        over.catch(() => {}); // `prove` hears of it
      },
      prove: () => withDeadline(over, 2_000, "The server was not back from its restart"),
    };
  });
  return { ...server, needs: "our client" };
}
