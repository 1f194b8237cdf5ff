import type { IncomingMessage, ServerResponse } from "node:http";
import { reset } from "../net/reset.ts";
import { type Fields, valuesIn } from "./fields.ts";
import { relayedFields, relayedTrailers } from "./forwarding.ts";

/** How long a client may take to fetch what was sent before the break, in milliseconds. */
const lingering = 5_000;

/** Up to how many octets content is called short. */
const shortContent = 4_096;

/** What the upstream is told while its response passes to the client. */
export interface Upstreamward {
  hold(): void;
  carryOn(): void;
}

/** One response on its way from the upstream to the client. */
export class Relay {
  /** Octets of content passed on. */
  sent = 0;
  readonly #incoming: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #fields: Fields;
  readonly #status: number;

  constructor(incoming: IncomingMessage, response: ServerResponse, name: string) {
    this.#incoming = incoming;
    this.#response = response;
    this.#status = incoming.statusCode ?? 0;
    this.#fields = relayedFields(incoming, this.#status, name);
  }

  /**
   * @param client `trailers`: it said `TE: trailers`; `last`: its connection ends with this response
   */
  start(upstream: Upstreamward, client: { readonly trailers: boolean; readonly last: boolean }): void {
    const response = this.#response;
    const fields = this.#fields.flat();
    if (client.last) fields.push("Connection", "close");
    response.writeHead(this.#status, this.#incoming.statusMessage ?? "", fields);
    // Content that came with the head goes out with it. `flushHeaders()` would send octets above 0x7f as UTF-8.
    if (this.#incoming.readableLength === 0) setImmediate(() => this.#flushHead());
    this.#incoming.on("data", (chunk: Buffer) => {
      const first = this.sent === 0;
      this.sent += chunk.length;
      // Beside a head, which is a string, a short content costs less as a string: both then go out in one write.
      const content = first && chunk.length <= shortContent ? chunk.toString("latin1") : chunk;
      if (response.write(content, "latin1")) return;
      this.#incoming.pause();
      upstream.hold();
      response.once("drain", () => {
        upstream.carryOn();
        this.#incoming.resume();
      });
    });
    this.#incoming.once("end", () => {
      if (response.destroyed) return;
      const trailers = client.trailers ? relayedTrailers(this.#incoming.rawTrailers) : [];
      if (trailers.length > 0 && response.chunkedEncoding) response.addTrailers(trailers);
      response.end();
    });
  }

  /**
   * Breaks the message off so that the client sees it: what came is flushed, then the connection is closed without the
   * end that the framing promises. A close-delimited message has no such end, so only RST can tell.
   */
  breakOff(): void {
    this.#incoming.removeAllListeners("data");
    const socket = this.#response.socket;
    if (socket === null) {
      // The responses to earlier requests on the connection are still on their way: first they, then the break.
      this.#response.once("socket", () => process.nextTick(() => this.breakOff()));
      return;
    }
    this.#flushHead();
    const framed = this.#response.chunkedEncoding || valuesIn(this.#fields, "content-length").length > 0;
    if (!framed) {
      reset(socket);
      return;
    }
    const patience = setTimeout(() => socket.destroy(), lingering);
    socket.once("close", () => clearTimeout(patience));
    socket.destroySoon();
  }

  #flushHead(): void {
    const response = this.#response;
    if (this.sent === 0 && !response.writableEnded && response.socket?.writable !== false)
      response.write(Buffer.alloc(0));
  }
}
