import type { Fault } from "../fault.ts";
import { appProcess, provesItsEnd } from "./process.ts";

/**
 * A callback of the handler throws, nobody catches it, and the process dies of it.
 * Notes `handling`, `uncaught-exception`, `child-exited`.
 */
export function throwsInCallback(): Fault {
  return appProcess({
    framework: "express",
    handling: "throw-later",
    on: { handling: ({ child }) => child.tell("go") },
    armed: provesItsEnd,
    says: { "uncaught-exception": /^Error: / },
  });
}

/** The same exception where Express sees it: the error handler answers 500, and the process lives on. Notes `handling`. */
export function throwsInHandler(): Fault {
  return appProcess({ framework: "express", handling: "throw" });
}
