import type { Duplex } from "node:stream";
import type { ByteTap } from "../net/byte-tap.ts";
import type { EnduringSocket } from "../net/enduring-socket.ts";
import type { SecureLink } from "../net/secure-link.ts";

/** Where a connection leads: an address, never a name, or the path of a unix socket. */
export type Destination = { readonly host: string; readonly port: number } | { readonly path: string };

/** A TCP or unix connection that stands. */
export interface Connected {
  readonly socket: EnduringSocket;
  readonly to: Destination;
}

/** An open connection to the upstream, as bytes for HTTP. */
export interface Line extends Connected {
  /** The socket, or the TLS session on it. */
  readonly stream: Duplex;
  readonly secure?: { readonly tap: ByteTap; readonly link: SecureLink };
}

/**
 * The connection was ended by a reset. Only the socket itself knows: a TLS session above it gives the same code to a
 * close in the handshake, and a write that met the RST has used the error up.
 */
export function wasReset({ socket }: Pick<Line, "socket">): boolean {
  const { errored, writeFailure } = socket;
  return writeFailure === "ECONNRESET" || (errored !== null && "code" in errored && errored.code === "ECONNRESET");
}
