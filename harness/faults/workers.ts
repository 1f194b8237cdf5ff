import type { Backend, Fault } from "../fault.ts";
import { withDeadline } from "../net/deadline.ts";
import { limiter } from "../net/limiter.ts";
import { openProbe } from "../net/pending-probe.ts";
import { answer, render } from "./content.ts";
import { openListener } from "./listener.ts";
import type { Peer } from "./peer.ts";
import { readBody, readHead } from "./request.ts";
import type { Step } from "./steps.ts";

export interface Pool {
  /** How many requests the server works on at once; 1 and up. */
  readonly count: number;
  /** How many requests of its own, which never end, it works on already. */
  readonly held: number;
}

/** The path of what never ends. */
const endless = "/endless-report";

/**
 * A server with a fixed number of workers, as the process managers of PHP, Python and Ruby have them: a request above
 * that number waits until a worker is free. Notes `worker-busy` for each request held, `waiting` for each that waits.
 */
export function workers({ count, held }: Pool): Fault {
  return {
    async open(stage): Promise<Backend> {
      await using opening = new AsyncDisposableStack();
      const listener = opening.use(await openListener(stage));
      const open = opening.move();
      return {
        url: `http://${stage.address}:${listener.port}`,
        async arm() {
          listener.arm({ steps: [inPool(count)], again: true });
          for (let turn = 0; turn < held; turn++) open.use(openProbe(stage.address, listener.port, endless));
          await withDeadline(
            stage.noted("worker-busy", Math.min(held, count)),
            2_000,
            "The workers did not all get busy",
          );
        },
        [Symbol.asyncDispose]: () => open.disposeAsync(),
      };
    },
  };
}

/** Reads a request and answers it once a worker is free. */
function inPool(count: number): Step {
  const limit = limiter(count);
  let busy = 0;
  return async (peer) => {
    const request = await readHead(peer);
    await readBody(peer, request);
    if (busy >= count) peer.note("waiting", request.line);
    await limit(async () => {
      busy++;
      try {
        await work(peer, request.path);
      } finally {
        busy--;
      }
    });
  };
}

async function work(peer: Peer, path: string): Promise<void> {
  if (path === endless) {
    peer.note("worker-busy", path);
    await peer.orGone(new Promise<never>(() => {}));
  }
  await peer.write(render(answer(), peer.stage));
  peer.note("sent", path);
}
