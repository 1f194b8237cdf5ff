import type { Fault } from "../fault.ts";
import { appProcess, kill, provesItsEnd } from "./process.ts";

/**
 * The process is killed while it handles the request. The kernel then closes its sockets: FIN, without one byte sent.
 * Notes `handling`, `child-killed`, `child-exited`.
 */
export function killedWhileHandling(): Fault {
  return appProcess({ framework: "express", handling: "hold", armed: provesItsEnd, on: { handling: kill } });
}
