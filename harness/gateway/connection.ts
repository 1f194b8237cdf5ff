import type { Socket } from "node:net";
import type { SecureLink } from "../net/secure-link.ts";
import type { Upstream } from "./upstream.ts";

/** Whoever minds a connection at the moment: an exchange, or the pool. */
export interface Minder {
  data(chunk: Buffer): void;
  /** The upstream's FIN. */
  ended(): void;
  failed(error: Error): void;
  closed(): void;
  /** Node is done with one exchange and could begin another. */
  freed(): void;
}

/** Minds a connection that somebody else looks after. */
export const nobody: Minder = { data() {}, ended() {}, failed() {}, closed() {}, freed() {} };

/** An open connection to an upstream. */
export class Connection {
  readonly upstream: Upstream;
  /** What HTTP is spoken on: the TCP or unix socket, or the TLS session over it. */
  readonly socket: Socket;
  /** `address:port`, or the path of the unix socket. */
  readonly remoteAddress: string;
  /** Sees every event of the socket before Node's own parser does. */
  minder = nobody;
  /** Requests that this connection has carried before the present one. */
  served = 0;
  /** The upstream broke the order of request and response: no further request may use this connection. */
  spoilt = false;
  /** Gives it back when a request is done with it. */
  release: () => void = () => this.destroy();
  readonly #tcp: Socket;
  readonly #tls: SecureLink | undefined;

  constructor(upstream: Upstream, tcp: Socket, tls?: SecureLink) {
    this.upstream = upstream;
    this.#tcp = tcp;
    this.#tls = tls;
    this.socket = tls?.socket ?? tcp;
    this.remoteAddress = upstream.socketPath ?? `${tcp.remoteAddress ?? ""}:${tcp.remotePort ?? 0}`;
    // Once for all exchanges, and so ahead of the listeners that Node adds for each of them.
    this.socket.on("data", (chunk) => this.minder.data(chunk));
    this.socket.on("end", () => this.minder.ended());
    this.socket.on("error", (error) => this.minder.failed(error));
    this.socket.on("close", () => this.minder.closed());
    this.socket.on("free", () => this.minder.freed());
  }

  /** Octets that the kernel has taken so far. */
  get delivered(): number {
    const handle: { bytesWritten: number; writeQueueSize: number } | null = Reflect.get(this.#tcp, "_handle");
    return handle === null ? 0 : handle.bytesWritten - handle.writeQueueSize;
  }

  /** The peer has ended a TLS session without `close_notify`: what came may have been cut by anybody (RFC 9112 §9.8). */
  get truncated(): boolean {
    return this.#tls?.truncated ?? false;
  }

  destroy(): void {
    this.socket.destroy();
    this.#tcp.destroy();
  }
}
