import type { Connection } from "./connection.ts";
import { Mishap, UpstreamClosed } from "./failure.ts";
import { HeadReader } from "./head-reader.ts";
import { type Asked, framingOf } from "./response-head.ts";

/** What a watch may find; each is told at most once, and before Node's parser sees the bytes. */
export interface WatchEvents {
  /** Bytes or an end that make the response unusable. */
  wrong(error: unknown): void;
  /** More of the response has come. */
  progress(): void;
}

/**
 * Stands before Node's parser on a connection for the time of one exchange. It reads the heads by stricter rules,
 * tells FIN from RST, and notices what comes out of order.
 */
export class ResponseWatch {
  received = 0;
  /** Node has the whole response: what still comes belongs to nobody. */
  complete = false;
  readonly #connection: Connection;
  readonly #events: WatchEvents;
  readonly #asked: Asked;
  readonly #heads: HeadReader;
  readonly #requested: () => boolean;
  #lastByte: number | undefined;

  constructor(connection: Connection, asked: Asked, headLimit: number, requested: () => boolean, events: WatchEvents) {
    this.#connection = connection;
    this.#asked = asked;
    this.#events = events;
    this.#heads = new HeadReader(asked, headLimit);
    this.#requested = requested;
    connection.socket.prependListener("data", this.#onData);
    connection.socket.prependListener("end", this.#onEnd);
    connection.socket.prependListener("error", this.#onError);
  }

  get headWhole(): boolean {
    return this.#heads.head !== undefined;
  }

  /** Milliseconds since the last byte; unset when none has come. */
  get quiet(): number | undefined {
    return this.#lastByte === undefined ? undefined : performance.now() - this.#lastByte;
  }

  release(): void {
    this.#connection.socket.off("data", this.#onData);
    this.#connection.socket.off("end", this.#onEnd);
    this.#connection.socket.off("error", this.#onError);
  }

  #onData = (chunk: Buffer): void => {
    if (this.complete) {
      this.#connection.spoilt = true;
      this.#connection.destroy();
      return;
    }
    this.received += chunk.length;
    this.#lastByte = performance.now();
    if (!this.#requested()) {
      this.#connection.spoilt = true;
      this.#events.wrong(
        new Mishap({
          cause: "http_protocol_error",
          details: "the upstream answered before it was asked (RFC 9112 §9.2)",
        }),
      );
      return;
    }
    if (!this.headWhole) {
      try {
        this.#heads.push(chunk);
      } catch (error) {
        this.#events.wrong(error);
        return;
      }
    }
    this.#events.progress();
  };

  #onEnd = (): void => {
    const head = this.#heads.head;
    if (this.complete) return;
    if (head && framingOf(head, this.#asked) === "close") {
      if (this.#connection.truncated)
        this.#events.wrong(new UpstreamClosed("the TLS session ended without close_notify"));
      return;
    }
    this.#events.wrong(new UpstreamClosed());
  };

  #onError = (error: unknown): void => {
    if (!this.complete) this.#events.wrong(error);
  };
}
