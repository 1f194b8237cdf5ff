import type { Socket } from "node:net";
import type { SecureLink } from "./secure.ts";
import type { Upstream } from "./upstream.ts";

/** An open connection to an upstream. */
export class Connection {
  readonly upstream: Upstream;
  /** What HTTP is spoken on: the TCP or unix socket, or the TLS session over it. */
  readonly socket: Socket;
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
    // Node takes its own listener away between two requests; an error then must not end the process.
    this.socket.on("error", () => {});
  }

  get remoteAddress(): string {
    const { socketPath, url } = this.upstream;
    if (socketPath !== undefined) return url;
    return `${this.#tcp.remoteAddress ?? ""}:${this.#tcp.remotePort ?? 0}`;
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
