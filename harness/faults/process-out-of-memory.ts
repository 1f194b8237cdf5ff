import type { Fault } from "../fault.ts";
import { appProcess, provesItsEnd } from "./process.ts";

export interface Memory {
  /** The limit of the heap's old generation, in MiB. */
  readonly heap: number;
  /** What the handler keeps before it answers, in MiB. */
  readonly needed: number;
}

/**
 * The handler gathers more than the heap may hold, and the runtime aborts the process.
 * Notes `handling`, then `heap-exhausted` and `child-exited`; or `hoarded` where the heap is large enough.
 */
export function outOfMemory({ heap, needed }: Memory): Fault {
  return appProcess({
    handling: "hoard",
    hoard: needed,
    runtime: [`--max-old-space-size=${heap}`],
    on: { handling: ({ child }) => child.tell("go") },
    says: { "heap-exhausted": /JavaScript heap out of memory/ },
    armed: (app) => () => app.reported("hoarded").catch(provesItsEnd(app)),
  });
}
