import type { Duplex } from "node:stream";
import type { ByteTap } from "../net/byte-tap.ts";
import type { EnduringSocket } from "../net/enduring-socket.ts";
import type { SecureLink } from "../net/secure-link.ts";

/** An open connection to the upstream, as bytes for HTTP. */
export interface Line {
  readonly stream: Duplex;
  /** The TCP or unix connection below. */
  readonly socket: EnduringSocket;
  readonly secure?: { readonly tap: ByteTap; readonly link: SecureLink };
}

/** The connection was ended by a reset, whatever Node made of it. */
export function wasReset({ socket, secure }: Line, error?: unknown): boolean {
  const code = (each: unknown) => (each instanceof Error && "code" in each ? each.code : undefined);
  return [code(error), code(secure?.tap.error), socket.writeFailure].some((each) => each === "ECONNRESET");
}
