import { randomInt } from "node:crypto";

/**
 * A loopback address that nobody else is likely to use. All of 127/8 answers on Linux;
 * elsewhere 127.0.0.1 alone does. A proxy that marks a *host* as down then harms no neighbour,
 * and a port freed on such an address is not handed to somebody else a moment later.
 */
export function freshLoopback(): string {
  if (process.platform !== "linux") return "127.0.0.1";
  return `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}
