import { ChunkedReader } from "./client/chunked.ts";
import { type Framing, framingOf, persists } from "./client/framing.ts";
import { type ResponseHead, readResponseHead } from "./client/response-head.ts";
import { FrameReader } from "./net/web-socket.ts";

/** A head larger than this is not read on, in octets. */
const largestHead = 8 * 1024 * 1024;

const beginning = Buffer.from("HTTP/1.", "latin1");

const nothing = Buffer.alloc(0);

/** Who is told what the reader finds. */
export interface ReaderEvents {
  interim(status: number): void;
  head(head: ResponseHead): void;
  content(piece: Buffer): void;
}

/**
 * Reads the bytes that answer one request, in whatever pieces they come, and knows when the response is whole.
 * Forgives in the head what can be understood; never guesses where the message ends.
 */
export class ResponseReader {
  readonly #method: string;
  readonly #events: ReaderEvents;
  readonly #webSocketKey: string | undefined;
  /** The head as far as it has come. */
  #pending: Buffer = nothing;
  #framing: Framing | undefined;
  readonly #chunked = new ChunkedReader();
  readonly #frames = new FrameReader();
  #whole = false;
  #malformed: string | undefined;
  #head: ResponseHead | undefined;
  #headBytes = 0;
  #bodyBytes = 0;
  #extra = 0;

  readonly interim: number[] = [];

  /** @param webSocketKey what the request has offered WebSocket with, if it has */
  constructor(method: string, events: ReaderEvents, webSocketKey?: string) {
    this.#method = method;
    this.#events = events;
    this.#webSocketKey = webSocketKey;
  }

  /** The final head, once it is whole. */
  get head(): ResponseHead | undefined {
    return this.#head;
  }

  /** Bytes of a final response have come, though perhaps not its whole head. */
  get begun(): boolean {
    return this.headBytes > 0;
  }

  /** Octets of the final head, as far as it has come. */
  get headBytes(): number {
    return this.#head ? this.#headBytes : this.#pending.length;
  }

  /** The message came to the end that its own framing announces. */
  get whole(): boolean {
    return this.#whole;
  }

  /** Why the bytes can be no response, as soon as that is known; nothing more is read then. */
  get malformed(): string | undefined {
    return this.#malformed;
  }

  /** Octets of content, transfer coding or WebSocket frames taken off. */
  get bodyBytes(): number {
    return this.#bodyBytes;
  }

  /** Whether the status and the method leave room for content at all. */
  get bodiless(): boolean {
    return this.#framing?.by === "head" || this.#framing?.by === "switch";
  }

  /** The lines of the trailer section, as far as it has come. */
  get trailers(): readonly string[] {
    return this.#chunked.trailers;
  }

  /** How the message's end is told, once its head has come. */
  get framing(): Framing | undefined {
    return this.#framing;
  }

  /** Octets that came after the whole message, which nobody asked for. */
  get extra(): number {
    return this.#extra;
  }

  /** The connection may carry another request: nothing ran over, and the sender has not said otherwise. */
  get reusable(): boolean {
    if (!this.#whole || this.#extra > 0 || !this.#head || !this.#framing) return false;
    return !["close", "switch", "frames"].includes(this.#framing.by) && persists(this.#head);
  }

  push(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0 && !this.#whole && this.#malformed === undefined) {
      rest = this.#framing ? this.#readBody(rest, this.#framing) : this.#readHead(rest);
    }
    if (this.#whole && this.#framing?.by !== "switch") this.#extra += rest.length;
  }

  /** The sender has finished (FIN): the end of a message that has no other. */
  end(): void {
    if (this.#framing?.by === "close") this.#whole = true;
  }

  #readHead(bytes: Buffer): Buffer {
    const searched = Math.max(0, this.#pending.length - 2);
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const compared = Math.min(this.#pending.length, beginning.length);
    if (this.#pending.compare(beginning, 0, compared, 0, compared) !== 0) return this.#giveUp("no HTTP/1.x head");
    const end = endOfHead(this.#pending, searched);
    if (end < 0) {
      return this.#pending.length > largestHead ? this.#giveUp(`a head of more than ${largestHead} octets`) : nothing;
    }
    const head = readResponseHead(this.#pending.subarray(0, end));
    if (!head) return this.#giveUp("no status in the first line");
    const rest = this.#pending.subarray(end);
    this.#pending = nothing;
    this.#headBytes = end;
    this.#take(head);
    return rest;
  }

  #take(head: ResponseHead): void {
    if (head.status >= 100 && head.status < 200 && head.status !== 101) {
      this.interim.push(head.status);
      this.#events.interim(head.status);
      return;
    }
    this.#head = head;
    this.#framing = framingOf(this.#method, head, this.#webSocketKey);
    if (this.#framing.by === "nothing") this.#giveUp(this.#framing.reason);
    this.#whole = this.bodiless || (this.#framing.by === "length" && this.#framing.length === 0);
    this.#events.head(head);
  }

  #readBody(bytes: Buffer, framing: Framing): Buffer {
    if (framing.by === "chunks") {
      const rest = this.#chunked.read(bytes, (piece) => this.#give(piece));
      this.#whole = this.#chunked.whole;
      if (this.#chunked.malformed !== undefined) this.#giveUp(this.#chunked.malformed);
      return rest;
    }
    if (framing.by === "frames") {
      const rest = this.#frames.read(bytes, (payload) => this.#give(payload));
      this.#whole = this.#frames.closed;
      if (this.#frames.malformed !== undefined) this.#giveUp(this.#frames.malformed);
      return rest;
    }
    const left = framing.by === "length" ? framing.length - this.#bodyBytes : bytes.length;
    const piece = bytes.subarray(0, left);
    this.#give(piece);
    this.#whole = framing.by === "length" && this.#bodyBytes === framing.length;
    return bytes.subarray(piece.length);
  }

  #give(piece: Buffer): void {
    this.#bodyBytes += piece.length;
    this.#events.content(piece);
  }

  #giveUp(reason: string): Buffer {
    this.#malformed = reason;
    return nothing;
  }
}

/** The index behind the first empty line, or -1. Line feeds may stand bare. */
function endOfHead(bytes: Buffer, from: number): number {
  for (let feed = bytes.indexOf(0x0a, from); feed >= 0; feed = bytes.indexOf(0x0a, feed + 1)) {
    if (bytes[feed + 1] === 0x0a) return feed + 2;
    if (bytes[feed + 1] === 0x0d && bytes[feed + 2] === 0x0a) return feed + 3;
  }
  return -1;
}
