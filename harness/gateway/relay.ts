import type { IncomingMessage, ServerResponse } from "node:http";
import { type Fields, valuesIn } from "../fields.ts";
import { reset } from "../net/reset.ts";
import type { Face } from "./face.ts";
import { relayedFields, relayedTrailers } from "./forwarding.ts";

/** How long a client may take to fetch what was sent before the break, in milliseconds. */
const lingering = 5_000;

/** Up to how many octets content is called short. */
const shortContent = 4_096;

/** The most octets of content that are kept back; of a longer response the head goes out at once. */
const mostHeld = 1024 * 1024;

/** What the upstream is told while its response passes to the client. */
export interface Upstreamward {
  hold(): void;
  carryOn(): void;
}

/** What there is to know of the client: it said `TE: trailers`; its connection ends with this response. */
export interface Clientward {
  readonly trailers: boolean;
  readonly last: boolean;
}

/** One response on its way from the upstream to the client. */
export class Relay {
  /** Octets of content passed on. */
  sent = 0;
  readonly #incoming: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #fields: Fields;
  readonly #status: number;
  /** What is kept back until the response is whole; unset once the head is out. */
  #held: Buffer[] | undefined;
  #client: Clientward = { trailers: false, last: false };
  readonly #onData = (chunk: Buffer) => this.#take(chunk);
  readonly #onEnd = () => this.#end();
  #upstream: Upstreamward | undefined;

  constructor(incoming: IncomingMessage, response: ServerResponse, name: string, face: Face) {
    this.#incoming = incoming;
    this.#response = response;
    this.#status = incoming.statusCode ?? 0;
    this.#fields = withOwn(relayedFields(incoming, this.#status, name), face.fields);
    const [length] = valuesIn(this.#fields, "content-length");
    if (face.holds && Number(length) <= mostHeld) this.#held = [];
  }

  /** Nothing of the response has gone to the client yet: it can still be answered in its place. */
  get held(): boolean {
    return this.#held !== undefined;
  }

  start(upstream: Upstreamward, client: Clientward): void {
    this.#client = client;
    this.#upstream = upstream;
    if (!this.held) this.#writeHead();
    this.#incoming.on("data", this.#onData);
    this.#incoming.once("end", this.#onEnd);
  }

  /** Nothing more of the upstream's reaches the client. */
  abandon(): void {
    this.#incoming.off("data", this.#onData);
    this.#incoming.off("end", this.#onEnd);
  }

  /**
   * Breaks the message off so that the client sees it: what came is flushed, then the connection is closed without the
   * end that the framing promises. A close-delimited message has no such end, so only RST can tell.
   */
  breakOff(): void {
    this.abandon();
    this.#release();
    const socket = this.#response.socket;
    if (socket === null) {
      // The responses to earlier requests on the connection are still on their way: first they, then the break.
      this.#response.once("socket", () => process.nextTick(() => this.breakOff()));
      return;
    }
    this.#flushHead();
    if (!this.#closeDelimited) {
      const patience = setTimeout(() => socket.destroy(), lingering);
      socket.once("close", () => clearTimeout(patience));
      socket.destroySoon();
    } else reset(socket);
  }

  /** Ends the message as though it were whole. What has promised a length cannot be ended so, and is broken off. */
  complete(): void {
    if (valuesIn(this.#fields, "content-length").length > 0) {
      this.breakOff();
      return;
    }
    this.abandon();
    this.#flushHead();
    this.#response.end();
  }

  get #closeDelimited(): boolean {
    return !this.#response.chunkedEncoding && valuesIn(this.#fields, "content-length").length === 0;
  }

  #writeHead(): void {
    const fields = this.#fields.flat();
    if (this.#client.last) fields.push("Connection", "close");
    this.#response.writeHead(this.#status, this.#incoming.statusMessage ?? "", fields);
    // Content that came with the head goes out with it. `flushHeaders()` would send octets above 0x7f as UTF-8.
    if (this.#incoming.readableLength === 0) setImmediate(() => this.#flushHead());
  }

  #take(chunk: Buffer): void {
    // Others may still listen to this response.
    if (this.#response.destroyed) {
      this.abandon();
      return;
    }
    if (this.#held) {
      this.#held.push(chunk);
      return;
    }
    const response = this.#response;
    const first = this.sent === 0;
    this.sent += chunk.length;
    // Beside a head, which is a string, a short content costs less as a string: both then go out in one write.
    const content = first && chunk.length <= shortContent ? chunk.toString("latin1") : chunk;
    if (response.write(content, "latin1")) return;
    this.#hold();
  }

  /** Until the client has fetched what it was sent, or has gone. */
  #hold(): void {
    const response = this.#response;
    const carryOn = () => {
      response.off("drain", carryOn);
      response.off("close", carryOn);
      this.#upstream?.carryOn();
      this.#incoming.resume();
    };
    this.#incoming.pause();
    this.#upstream?.hold();
    response.on("drain", carryOn);
    response.on("close", carryOn);
  }

  /** Lets go what was kept back. */
  #release(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    this.#writeHead();
    for (const chunk of held) this.#take(chunk);
  }

  #end(): void {
    const response = this.#response;
    if (response.destroyed) return;
    this.#release();
    const trailers = this.#client.trailers ? relayedTrailers(this.#incoming.rawTrailers) : [];
    if (trailers.length > 0 && response.chunkedEncoding) response.addTrailers(trailers);
    response.end();
  }

  #flushHead(): void {
    const response = this.#response;
    if (this.sent === 0 && !this.held && !response.writableEnded && response.socket?.writable !== false)
      response.write(Buffer.alloc(0));
  }
}

/** `Via` is a list that everybody adds to; of every other field there is one, and the last hop's counts. */
function withOwn(came: Fields, own: Fields): Fields {
  if (own.length === 0) return came;
  const replaced = new Set(own.map(([field]) => field.toLowerCase()).filter((field) => field !== "via"));
  return [...came.filter(([field]) => !replaced.has(field.toLowerCase())), ...own];
}
