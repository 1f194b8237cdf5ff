import type { Request } from "../client/request.ts";
import type { ResponseHead } from "../client/response-head.ts";
import { Sending } from "../client/sending.ts";
import { Mishap } from "../mishap.ts";
import { afterNextPoll } from "../net/next-poll.ts";
import { maskedCloseFrame } from "../net/web-socket.ts";
import type { TimerName, Timers } from "../plan.ts";
import { HeadReader } from "../response/head-reader.ts";
import { ResponseReader } from "../response-reader.ts";
import { checkContent } from "./check-content.ts";
import { Clocks } from "./clocks.ts";
import type { Course, CourseEnd } from "./course.ts";
import { since } from "./layer.ts";
import { type Line, wasReset } from "./line.ts";

export interface ExchangeOptions {
  readonly host: string;
  readonly timers: Timers;
  readonly headLimit: number;
  readonly signal?: AbortSignal | undefined;
  /** How long it is heard whether the upstream speaks unasked, in milliseconds. */
  readonly listen?: number;
  /** How long content is looked at once the head has come, in milliseconds. Unset: to its end. */
  readonly longest?: number | undefined;
}

const endings = ["end", "close"] as const;

/**
 * One request on an open line, and what comes back: read by the strict rules of a gateway, and beside it with
 * forgiveness, so that what is wrong can be shown.
 */
export class Exchange {
  readonly #line: Line;
  readonly #options: ExchangeOptions;
  #begun = performance.now();
  readonly #strict: HeadReader;
  readonly #reader: ResponseReader;
  readonly #sending: Sending;
  readonly #done = Promise.withResolvers<Course>();
  readonly #clocks: Clocks;
  #listening: NodeJS.Timeout | undefined;
  #asked = false;
  /** Octets that came before anything was asked. */
  #early = 0;
  #written: number | undefined;
  #headAt: number | undefined;
  #head: ResponseHead | undefined;
  #content = "";
  /** Octets behind the message when it was found to be whole. */
  #extra = 0;
  #beginning = "";
  #lastByte: number | undefined;
  #end: CourseEnd | undefined;
  #enough: NodeJS.Timeout | undefined;

  constructor(line: Line, request: Request, options: ExchangeOptions) {
    this.#line = line;
    this.#options = options;
    this.#clocks = new Clocks(options.timers, (timer, limit) => this.#ranOut(timer, limit));
    this.#sending = new Sending(request, options.host, {
      write: (bytes, taken) => this.#write(bytes, taken),
      rest: () => this.#rest(),
    });
    const asked = { method: request.method, upgrade: request.webSocketKey === undefined ? [] : ["websocket"] };
    this.#strict = new HeadReader(asked, options.headLimit);
    const events = {
      interim: (status: number) => this.#interim(status),
      head: (head: ResponseHead) => this.#headCame(head),
      content: (piece: Buffer) => {
        if (this.#content.length < 64) this.#content += piece.toString("latin1", 0, 64);
      },
    };
    this.#reader = new ResponseReader(request.method, events, request.webSocketKey);
  }

  /** Asks, and resolves when it is known what comes of it. The line is let go of, and may be used again if that is allowed. */
  async run(): Promise<Course> {
    const { signal, listen } = this.#options;
    signal?.throwIfAborted();
    const { stream } = this.#line;
    stream.on("data", this.#data);
    for (const event of endings) stream.on(event, this.#ended);
    stream.on("error", this.#failed);
    signal?.addEventListener("abort", this.#leave);
    if (stream.readableEnded || stream.destroyed) this.#ended();
    else if (listen !== undefined) this.#listening = setTimeout(() => afterNextPoll(() => this.#ask()), listen);
    else this.#ask();
    return this.#done.promise;
  }

  #ask(): void {
    if (this.#end !== undefined || this.#options.signal?.aborted) return;
    this.#asked = true;
    this.#begun = performance.now();
    this.#clocks.start("total");
    this.#sending.start();
  }

  readonly #leave = () => {
    this.#letGo();
    this.#done.reject(this.#options.signal?.reason);
  };

  #ranOut(timer: TimerName, limit: number): void {
    const quiet = this.#lastByte === undefined ? {} : { quiet: performance.now() - this.#lastByte };
    this.#finish({ by: "timer", timer, limit, ...quiet });
  }

  #write(bytes: Uint8Array, taken: () => void): void {
    this.#clocks.stop("head");
    this.#clocks.start("send");
    this.#line.stream.write(bytes, () => {
      if (this.#end === undefined && this.#line.socket.writeFailure === undefined) taken();
    });
  }

  #rest(): void {
    this.#clocks.stop("send");
    if (this.#sending.whole) this.#written = since(this.#begun);
    if (this.#headAt === undefined) this.#clocks.start("head");
  }

  #interim(status: number): void {
    if (status === 100) this.#sending.allow();
  }

  #headCame(head: ResponseHead): void {
    this.#head = head;
    this.#headAt = since(this.#begun);
    this.#clocks.stop("head");
    // A stream, or a large file, has no need to come to its end for us.
    const { longest } = this.#options;
    if (longest !== undefined) this.#enough = setTimeout(() => this.#finish({ by: "enough" }), longest);
    if (this.#reader.framing?.by === "frames") this.#line.stream.write(maskedCloseFrame(1000));
  }

  readonly #data = (bytes: Buffer): void => {
    this.#lastByte = performance.now();
    if (!this.#asked) this.#early += bytes.length;
    if (this.#beginning.length < 256) this.#beginning += bytes.toString("latin1", 0, 256);
    try {
      // The forgiving reader goes first, so that a head which the strict one refuses can still be shown.
      this.#reader.push(bytes);
      if (this.#strict.head === undefined) this.#strict.push(bytes);
      if (this.#strict.head !== undefined) checkContent(this.#reader, this.#options.headLimit);
    } catch (error) {
      if (!(error instanceof Mishap)) throw error;
      const part = this.#strict.head === undefined ? "head" : "content";
      this.#finish({ by: "broken", part, failure: error.failure });
      return;
    }
    if (this.#reader.whole) this.#finish({ by: "whole" });
    else if (this.#headAt !== undefined) this.#clocks.start("idle");
  };

  readonly #ended = (): void => {
    if (wasReset(this.#line)) {
      this.#finish({ by: "rst" });
      return;
    }
    const truncated = this.#line.secure?.link.truncated === true;
    if (!truncated) this.#reader.end();
    this.#finish(this.#reader.whole ? { by: "whole" } : { by: "fin", truncated });
  };

  readonly #failed = (error: Error): void => {
    this.#finish(wasReset(this.#line) ? { by: "rst" } : { by: "error", error });
  };

  #finish(end: CourseEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#extra = this.#reader.extra;
    this.#clocks.stopAll();
    clearTimeout(this.#listening);
    const took = since(this.#begun);
    // What stands behind a whole message is still read.
    if (end.by === "whole") afterNextPoll(() => this.#settle(end, took));
    else this.#settle(end, took);
  }

  #settle(end: CourseEnd, took: number): void {
    this.#letGo();
    const { interim, headBytes, framing, bodyBytes, extra, reusable } = this.#reader;
    this.#done.resolve({
      end,
      took,
      ...(this.#written !== undefined && { written: this.#written }),
      ...(this.#headAt !== undefined && { headAt: this.#headAt }),
      ...(this.#head && { head: this.#head }),
      ...(framing && { framing }),
      interim: [...interim],
      bodyBytes,
      content: this.#content,
      asked: this.#asked,
      early: this.#early,
      begun: headBytes,
      beginning: this.#beginning,
      extra: this.#extra,
      unasked: extra - this.#extra,
      reusable: reusable && this.#written !== undefined,
    });
  }

  #letGo(): void {
    this.#clocks.stopAll();
    clearTimeout(this.#enough);
    clearTimeout(this.#listening);
    const { stream } = this.#line;
    stream.on("error", () => {}); // whatever comes now has no one to tell
    stream.off("data", this.#data);
    for (const event of endings) stream.off(event, this.#ended);
    stream.off("error", this.#failed);
    this.#options.signal?.removeEventListener("abort", this.#leave);
  }
}
