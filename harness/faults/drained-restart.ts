import type { Fault } from "../fault.ts";
import { withDeadline } from "../net/deadline.ts";
import { checkedServer, serve } from "./checked.ts";

export interface DrainedRestart {
  /** Which one it is in the row of those that restart one after the other, counted from 1. */
  readonly turn: number;
}

/**
 * A server that says goodbye before it restarts. When its turn has come, in the middle of a request, its health check
 * begins to fail; once the proxy has seen that, it finishes what it has in hand, and ends. The next one's turn comes
 * when the proxy has seen it well again. Notes `draining`, `seen-sick`, `probe-refused`, `restarted`, `seen-well`, `back`.
 */
export function drainedRestart(path: string, { turn }: DrainedRestart): Fault {
  return checkedServer(path, (server, stage) => {
    const inHand = new Set<Promise<void>>();
    let itsTurn = false;
    let restarted: Promise<void> | undefined;
    void stage.noted("back", turn - 1).then(() => {
      itsTurn = true;
    });
    const restart = async () => {
      await server.seen();
      await Promise.allSettled(inHand);
      await server.restart();
      stage.note("restarted");
      server.become("well");
      await server.seen();
      stage.note("back");
    };
    return {
      async handle(peer, request) {
        let longWork = Promise.resolve();
        if (itsTurn && !restarted) {
          stage.note("draining");
          server.become("sick");
          longWork = server.seen();
          restarted = restart();
          restarted.catch(() => {}); // `prove` hears of it
        }
        const work = longWork.then(() => peer.orGone(serve(peer, request)));
        inHand.add(work);
        await work.finally(() => inHand.delete(work));
      },
      prove: async () =>
        withDeadline(restarted ?? Promise.resolve(), 2_000, "The server was not back from its restart"),
    };
  });
}
