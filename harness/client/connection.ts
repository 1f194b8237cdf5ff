import { isIP, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { ByteTap } from "../net/byte-tap.ts";
import { EnduringSocket } from "../net/enduring-socket.ts";
import { watchClose } from "../net/secure-link.ts";
import { whereOf } from "../net/where-of.ts";

/** How the other side ended it. `truncated`: a FIN without the closure alert of TLS, which ends no message (RFC 9112 §9.8). */
export type End = "fin" | "truncated" | "rst";

/** Who hears what happens on a connection. One of `ended` and `failed` comes, once, and nothing after it. */
export interface Listener {
  received(bytes: Buffer): void;
  ended(how: End): void;
  /** The connection could not be made, for a reason that is the peer's (`ECONNREFUSED`). */
  refused(code: string): void;
  /** What the peer has no part in: no descriptor left, no route. */
  failed(error: Error): void;
}

/** What is spoken on, and what it can tell of its own end. */
interface Link {
  readonly socket: Socket;
  readonly truncated: boolean;
  /** What broke the connection below, where that is not this socket itself. */
  readonly broken?: Error | undefined;
}

/** One TCP connection to the proxy, with TLS above it where the route says so. Its listener changes from exchange to exchange. */
export class Connection {
  readonly #tcp = new EnduringSocket({ allowHalfOpen: true });
  readonly #link: Link;
  #listener: Listener;
  #over = false;

  constructor(route: URL, listener: Listener) {
    this.#listener = listener;
    const tcp = this.#tcp.setNoDelay(true).connect(whereOf(route));
    this.#link = route.protocol === "https:" ? secured(tcp, whereOf(route).host) : { socket: tcp, truncated: false };
    const { socket } = this.#link;
    socket.on("data", (bytes) => this.#listener.received(bytes));
    socket.on("end", () => this.#end((heard) => heard.ended(this.#howEnded)));
    socket.on("error", (error) => this.#fail(error));
  }

  get #howEnded(): End {
    // A write that met the RST has used the error up, and the read after it finds a plain end. `EPIPE` is another
    // matter: the FIN was there first.
    if (this.#tcp.writeFailure === "ECONNRESET") return "rst";
    return this.#link.truncated ? "truncated" : "fin";
  }

  /** Neither side has ended it. */
  get open(): boolean {
    return !this.#over;
  }

  hand(listener: Listener): void {
    this.#listener = listener;
  }

  /** Calls back when the kernel has taken all of it; never when the connection is dead. */
  send(bytes: Uint8Array, taken: () => void): void {
    this.#link.socket.write(bytes, (error) => {
      if (!error && this.#tcp.writeFailure === undefined) taken();
    });
  }

  /** Ends it at once; the listener hears nothing more. */
  destroy(): void {
    this.#over = true;
    this.#link.socket.destroy();
    this.#tcp.destroy();
  }

  #end(tell: (listener: Listener) => void): void {
    if (this.#over) return;
    this.destroy();
    tell(this.#listener);
  }

  #fail(raised: Error): void {
    const error = firstOf(this.#link.broken ?? raised);
    const code = codeOf(error);
    const connecting = "syscall" in error && error.syscall === "connect";
    if (connecting && (code === "ECONNREFUSED" || code === "ECONNRESET")) this.#end((heard) => heard.refused(code));
    else if (code === "ECONNRESET" || code === "EPIPE") this.#end((heard) => heard.ended("rst"));
    else this.#end((heard) => heard.failed(error));
  }
}

/** Verified by the authorities that Node trusts; NODE_EXTRA_CA_CERTS names further ones. */
function secured(tcp: Socket, host: string): Link {
  const tap = new ByteTap(tcp);
  const link = watchClose(connectSecurely({ socket: tap, host, ...named(host) }), tap);
  return {
    socket: link.socket,
    get truncated() {
      return link.truncated;
    },
    get broken() {
      return tap.error;
    },
  };
}

/** Of a name with several addresses each connect has failed in its own way, and what is thrown says nothing itself. */
function firstOf(error: Error): Error {
  return error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
}

/** An address is no name to ask for (RFC 6066 §3). */
function named(host: string): { servername?: string; ALPNProtocols: string[] } {
  return { ALPNProtocols: ["http/1.1"], ...(isIP(host) === 0 && { servername: host }) };
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
