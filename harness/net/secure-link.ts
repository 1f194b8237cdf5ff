import type { TLSSocket } from "node:tls";
import type { ByteTap } from "./byte-tap.ts";

/** A TLS session that knows how it ended. */
export interface SecureLink {
  readonly socket: TLSSocket;
  /** The connection ended before the session did, without `close_notify`. */
  readonly truncated: boolean;
}

/**
 * Node reports `close_notify` and a bare FIN alike. They differ in their order: the former ends the session while
 * the connection below is still open, the latter after it has ended.
 */
export function watchClose(socket: TLSSocket, tap: ByteTap): SecureLink {
  const link = { socket, truncated: false };
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) link.truncated = tap.ended;
    return push(chunk, encoding);
  };
  return link;
}
