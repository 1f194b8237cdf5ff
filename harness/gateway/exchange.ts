import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Attempt } from "./attempt.ts";
import { causeOf } from "./cause-of.ts";
import { Countdown } from "./countdown.ts";
import { Course } from "./course.ts";
import { ExchangeLog } from "./exchange-log.ts";
import { type Failure, TimerRanOut } from "./failure.ts";
import { type ForwardedRequest, forwardedRequest } from "./forwarding.ts";
import { loopOf } from "./loop.ts";
import type { Manner, Surroundings } from "./manner.ts";
import { Reply } from "./reply.ts";
import { refusalOf } from "./request-rules.ts";
import { isStale, isWorthAnotherTry, mayRepeat } from "./retry.ts";
import { tunnel } from "./tunnel.ts";

/** One request of a client, from its head to the end of whatever it is answered. */
export class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #surroundings: Surroundings;
  readonly #manner: Manner;
  readonly #forwarded: ForwardedRequest;
  readonly #course: Course;
  readonly #log: ExchangeLog;
  readonly #reply: Reply;
  readonly #total: Countdown;
  #attempt: Attempt | undefined;
  #staleOnce = false;

  constructor(request: IncomingMessage, response: ServerResponse, surroundings: Surroundings, manner: Manner) {
    this.#request = request;
    this.#response = response;
    this.#surroundings = surroundings;
    this.#manner = manner;
    const { name, keepAlive, retries, timers, onAnswered } = surroundings.options;
    const switching = manner.switching !== undefined;
    this.#forwarded = forwardedRequest(request, name, keepAlive, { expects: manner.expects, switching });
    this.#reply = new Reply(request, response, surroundings, manner);
    this.#log = new ExchangeLog(request, response, onAnswered);
    this.#course = new Course(surroundings.upstreams, retries, this.#log);
    this.#total = new Countdown(timers.total, () => this.#attempt?.fail(new TimerRanOut("total", timers.total)));
    request.on("error", () => {});
    response.on("error", () => {});
    response.once("finish", () => this.#tell());
    response.once("close", () => this.#onClosed());
  }

  /** Nothing of the request is still to come. */
  get requestWhole(): boolean {
    return this.#request.complete;
  }

  /** All of the response has been handed over. */
  get answered(): boolean {
    return this.#response.writableFinished;
  }

  onceAnswered(then: () => void): void {
    this.#response.once("finish", then);
  }

  start(): void {
    const refusal = refusalOf(this.#request) ?? loopOf(this.#request, this.#surroundings.options.name);
    if (refusal) {
      this.refuse(refusal);
      return;
    }
    this.#total.start();
    this.#try();
  }

  /** Answers without asking an upstream, or in place of one; a response that has begun is broken off. */
  refuse(failure: Failure): void {
    this.#attempt?.abandon();
    this.#fail(failure);
  }

  #try(): void {
    const attempt = new Attempt(
      {
        ...this.#surroundings.options,
        request: this.#request,
        response: this.#response,
        forwarded: this.#forwarded,
        obtain: async (signal) => {
          const connection = await this.#course.next(signal);
          this.#log.connected(connection);
          return connection;
        },
      },
      {
        interim: (information) => this.#reply.interim(information),
        response: (incoming) => this.#onResponse(attempt, incoming),
        switched: (incoming, socket, head) => this.#onSwitched(incoming, socket, head),
        failed: (error) => this.#onFailed(attempt, error),
      },
    );
    this.#attempt = attempt;
    attempt.start();
  }

  /** The head waits until Node has parsed what came with it: a fault in the same packet can still be answered. */
  #onResponse(attempt: Attempt, incoming: IncomingMessage): void {
    this.#log.headCame(incoming.statusCode ?? 0);
    process.nextTick(() => {
      if (this.#attempt !== attempt || this.#log.failure || this.#response.destroyed) return;
      this.#course.succeeded();
      this.#log.outcome = "relayed";
      this.#reply.relay(incoming, attempt);
    });
  }

  #onSwitched(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#total.stop();
    this.#course.succeeded();
    this.#log.headCame(101);
    this.#log.outcome = "switched";
    const early = { client: this.#manner.switching ?? Buffer.alloc(0), upstream: head };
    tunnel(incoming, this.#response, socket, early, this.#surroundings.options.name, () => this.#tell());
  }

  #onFailed(attempt: Attempt, error: unknown): void {
    const failure = causeOf(error, attempt.circumstances);
    const asked = attempt.connection !== undefined;
    if (asked) this.#log.failed(failure);
    if (asked && !this.#reply.begun && this.#mayTryAgain(attempt, failure)) {
      // The engine adds listeners for every try.
      this.#request.setMaxListeners(0);
      this.#try();
    } else this.#fail(failure);
  }

  /** Before anything was sent the course has gone on by itself; from here on it matters what was asked. */
  #mayTryAgain(attempt: Attempt, failure: Failure): boolean {
    const stale = isStale(failure, attempt.connection, attempt.circumstances.received);
    if (!stale) this.#course.failed();
    if (!mayRepeat(this.#forwarded)) return false;
    if (stale && !this.#staleOnce) {
      this.#staleOnce = true;
      this.#course.stayFresh();
      return true;
    }
    return this.#course.hasNext && isWorthAnotherTry(failure);
  }

  #fail(failure: Failure): void {
    this.#total.stop();
    this.#log.failure = failure;
    const done = this.#reply.fail(failure);
    if (done) this.#log.outcome = done;
    if (done === "cut") this.#tell();
  }

  #onClosed(): void {
    this.#attempt?.abandon();
    if (this.#log.outcome === "switched") return;
    if (!this.#response.writableFinished && this.#log.outcome === "relayed") this.#log.outcome = "gone";
    this.#tell();
  }

  #tell(): void {
    this.#total.stop();
    this.#log.tell(this.#reply.sent);
  }
}
