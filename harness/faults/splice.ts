import type { Socket } from "node:net";
import { reset } from "../net/reset.ts";

/**
 * Makes one TCP connection of two, so that either end sees what the other does: bytes as they come and no faster than
 * they are taken, a FIN as a FIN with the other direction still open, an RST as an RST at once.
 * Both sockets must allow half-open connections; `far` may still be connecting.
 */
export function splice(near: Socket, far: Socket): void {
  handOn(near, far);
  handOn(far, near);
}

function handOn(from: Socket, to: Socket): void {
  from.setNoDelay(true);
  from.on("data", (bytes) => {
    if (!to.write(bytes)) from.pause();
  });
  to.on("drain", () => from.resume());
  from.on("end", () => to.end());
  from.on("error", () => reset(to));
}
