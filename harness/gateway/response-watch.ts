import { HeadReader } from "../response/head-reader.ts";
import { type Asked, framingOf } from "../response/response-head.ts";
import type { Connection, Minder } from "./connection.ts";
import { Mishap, UpstreamClosed } from "./failure.ts";

/** What a watch may find. */
export interface WatchEvents {
  /** Whether the request's head has been written. */
  requested(): boolean;
  /** Bytes or an end that make the response unusable. Told before Node's parser sees them. */
  wrong(error: unknown): void;
  /** More of the response has come. */
  progress(): void;
  /** Node is done with the exchange, and the connection is whole. */
  freed(): void;
}

/**
 * Minds a connection for the time of one exchange. It reads the heads by stricter rules than Node's parser, tells FIN
 * from RST, and notices what comes out of order.
 */
export class ResponseWatch implements Minder {
  received = 0;
  /** Node has the whole response: what still comes belongs to nobody. */
  complete = false;
  readonly #connection: Connection;
  readonly #events: WatchEvents;
  readonly #asked: Asked;
  readonly #heads: HeadReader;
  #lastByte: number | undefined;

  constructor(connection: Connection, asked: Asked, headLimit: number, events: WatchEvents) {
    this.#connection = connection;
    this.#asked = asked;
    this.#events = events;
    this.#heads = new HeadReader(asked, headLimit);
  }

  get headWhole(): boolean {
    return this.#heads.head !== undefined;
  }

  /** Milliseconds since the last byte; unset when none has come. */
  get quiet(): number | undefined {
    return this.#lastByte === undefined ? undefined : performance.now() - this.#lastByte;
  }

  data(chunk: Buffer): void {
    if (this.complete) {
      this.#connection.destroy();
      return;
    }
    this.received += chunk.length;
    this.#lastByte = performance.now();
    try {
      this.#check(chunk);
    } catch (error) {
      this.#connection.spoilt = true;
      this.#events.wrong(error);
      return;
    }
    this.#events.progress();
  }

  ended(): void {
    const head = this.#heads.head;
    if (this.complete) return;
    if (head === undefined || framingOf(head, this.#asked) !== "close") this.#events.wrong(new UpstreamClosed());
    else if (this.#connection.truncated) {
      this.#events.wrong(new UpstreamClosed("the TLS session ended without close_notify"));
    }
  }

  failed(error: Error): void {
    if (!this.complete) this.#events.wrong(error);
  }

  closed(): void {}

  freed(): void {
    this.#events.freed();
  }

  #check(chunk: Buffer): void {
    if (!this.#events.requested()) {
      const details = "the upstream answered before it was asked (RFC 9112 §9.2)";
      throw new Mishap({ cause: "http_protocol_error", details });
    }
    if (!this.headWhole) this.#heads.push(chunk);
  }
}
