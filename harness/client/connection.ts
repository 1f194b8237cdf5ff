import { isIP, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { EnduringSocket } from "../net/enduring-socket.ts";

/** Who hears what happens on a connection. One of `ended` and `failed` comes, once, and nothing after it. */
export interface Listener {
  received(bytes: Buffer): void;
  ended(how: "fin" | "rst"): void;
  /** The connection could not be made, for a reason that is the peer's (`ECONNREFUSED`). */
  refused(code: string): void;
  /** What the peer has no part in: no descriptor left, no route. */
  failed(error: Error): void;
}

/** One TCP connection to the proxy. Its listener changes from exchange to exchange. */
export class Connection {
  readonly #socket: Socket;
  readonly #writeFailure: () => string | undefined;
  #listener: Listener;
  #over = false;

  constructor(route: URL, listener: Listener) {
    this.#listener = listener;
    const host = route.hostname.replace(/^\[|\]$/g, "");
    const enduring = new EnduringSocket({ allowHalfOpen: true });
    const secure = route.protocol === "https:";
    // Verified by the authorities that Node trusts; NODE_EXTRA_CA_CERTS names further ones.
    const socket = secure ? connectSecurely({ host, port: Number(route.port || 443), ...named(host) }) : enduring;
    this.#socket = socket;
    this.#writeFailure = () => enduring.writeFailure;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.#listener.received(bytes));
    // A write that met the RST has used the error up, and the read after it finds a plain end. `EPIPE` is another
    // matter: the FIN was there first.
    socket.on("end", () => this.#end((heard) => heard.ended(enduring.writeFailure === "ECONNRESET" ? "rst" : "fin")));
    socket.on("error", (error) => this.#fail(error));
    if (!secure) enduring.connect({ host, port: Number(route.port || 80) });
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
    this.#socket.write(bytes, (error) => {
      if (!error && this.#writeFailure() === undefined) taken();
    });
  }

  /** Ends it at once; the listener hears nothing more. */
  destroy(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #end(tell: (listener: Listener) => void): void {
    if (this.#over) return;
    this.destroy();
    tell(this.#listener);
  }

  #fail(error: Error): void {
    const code = codeOf(error);
    const connecting = "syscall" in error && error.syscall === "connect";
    if (connecting && (code === "ECONNREFUSED" || code === "ECONNRESET")) this.#end((heard) => heard.refused(code));
    else if (code === "ECONNRESET" || code === "EPIPE") this.#end((heard) => heard.ended("rst"));
    else this.#end((heard) => heard.failed(error));
  }
}

/** An address is no name to ask for (RFC 6066 §3). */
function named(host: string): { servername?: string; ALPNProtocols: string[] } {
  return { ALPNProtocols: ["http/1.1"], ...(isIP(host) === 0 && { servername: host }) };
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
