import type { IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { answerFor } from "./answer.ts";
import { Attempt } from "./attempt.ts";
import { causeOf } from "./cause-of.ts";
import { Countdown } from "./countdown.ts";
import { Course } from "./course.ts";
import { ExchangeLog } from "./exchange-log.ts";
import { type Failure, TimerRanOut } from "./failure.ts";
import { type ForwardedRequest, forwardedRequest, interimFields, takesTrailers } from "./forwarding.ts";
import { loopOf } from "./loop.ts";
import type { GatewayOptions } from "./options.ts";
import { Relay } from "./relay.ts";
import { refusalOf } from "./request-rules.ts";
import { isStale, isWorthAnotherTry, mayRepeat } from "./retry.ts";
import { tunnel } from "./tunnel.ts";
import type { Upstreams } from "./upstreams.ts";

/** What every exchange of one gateway shares. */
export interface Surroundings {
  readonly options: GatewayOptions;
  readonly upstreams: Upstreams;
  /** The gateway is closing: no further request is wanted on any client's connection. */
  draining: boolean;
}

/** How a request came. */
export interface Manner {
  /** With `Expect: 100-continue`. */
  readonly expects: boolean;
  /** With a wish to switch protocols, and these bytes behind its head. */
  readonly switching?: Buffer;
}

/** One request of a client, from its head to the end of whatever it is answered. */
export class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #surroundings: Surroundings;
  readonly #manner: Manner;
  readonly #forwarded: ForwardedRequest;
  readonly #course: Course;
  readonly #log: ExchangeLog;
  readonly #total: Countdown;
  #attempt: Attempt | undefined;
  #relay: Relay | undefined;
  #staleOnce = false;
  /** The client has been told to send the content it held back. */
  #continued = false;

  constructor(request: IncomingMessage, response: ServerResponse, surroundings: Surroundings, manner: Manner) {
    this.#request = request;
    this.#response = response;
    this.#surroundings = surroundings;
    this.#manner = manner;
    const { name, keepAlive, retries, timers, onAnswered } = surroundings.options;
    this.#forwarded = forwardedRequest(request, name, keepAlive, {
      expects: manner.expects,
      switching: manner.switching !== undefined,
    });
    this.#log = new ExchangeLog(request, response, onAnswered);
    this.#course = new Course(surroundings.upstreams, retries, {
      trying: (url) => this.#log.trying(url),
      failed: ({ failure }) => this.#log.failed(failure),
    });
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

  start(): void {
    const refusal = refusalOf(this.#request) ?? loopOf(this.#request, this.#surroundings.options.name);
    if (refusal) {
      this.refuse(refusal);
      return;
    }
    this.#total.start();
    this.#try();
  }

  onceAnswered(then: () => void): void {
    this.#response.once("finish", then);
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
        interim: (information) => this.#onInterim(information),
        response: (incoming) => this.#onResponse(attempt, incoming),
        switched: (incoming, socket, head) => this.#onSwitched(incoming, socket, head),
        failed: (error) => this.#onFailed(attempt, error),
      },
    );
    this.#attempt = attempt;
    attempt.start();
  }

  #onInterim({ statusCode, rawHeaders }: InformationEvent): void {
    if (this.#response.headersSent || this.#request.httpVersion === "1.0") return;
    if (statusCode === 100) this.#continued = true;
    this.#response.writeInformation(statusCode, interimFields(rawHeaders).flat());
  }

  /** The head waits until Node has parsed what came with it: a fault in the same packet can still be answered. */
  #onResponse(attempt: Attempt, incoming: IncomingMessage): void {
    this.#log.headCame(incoming.statusCode ?? 0);
    process.nextTick(() => {
      if (this.#attempt !== attempt || this.#log.failure || this.#response.destroyed) return;
      this.#course.succeeded();
      this.#log.outcome = "relayed";
      this.#relay = new Relay(incoming, this.#response, this.#surroundings.options.name);
      this.#relay.start(attempt, { trailers: takesTrailers(this.#request), last: this.#isLast });
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
    const sent = attempt.connection !== undefined;
    if (sent) this.#log.failed(failure);
    if (sent && this.#relay === undefined && this.#mayTryAgain(attempt, failure)) {
      // The engine adds listeners for every try.
      this.#request.setMaxListeners(0);
      this.#try();
    } else this.#fail(failure);
  }

  /** What a course could do without sending anything it has done; from here on it matters what was asked. */
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
    if (this.#relay === undefined) this.#answer(failure);
    else {
      this.#log.outcome = "cut";
      this.#relay.breakOff();
      this.#tell();
    }
  }

  #answer(failure: Failure): void {
    const request = this.#request;
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    this.#log.outcome = "own";
    const answer = answerFor(failure, this.#surroundings.options.name, request.headers.accept);
    // What could not be read leaves no frame to go on from.
    const unframed = failure.cause === "http_request_error" && !request.complete;
    if (this.#isLast || unframed) answer.fields.push("Connection", "close");
    response.writeHead(answer.status, answer.reason, answer.fields);
    response.end(answer.body);
    request.resume();
  }

  /** The client's connection ends with this response. */
  get #isLast(): boolean {
    // Whether content still comes is unknown when nobody has asked for it: only a close settles that (RFC 9110 §10.1.1).
    const heldBack = this.#manner.expects && !this.#continued && !this.#request.complete;
    return heldBack || this.#surroundings.draining || this.#manner.switching !== undefined;
  }

  #onClosed(): void {
    this.#attempt?.abandon();
    if (this.#log.outcome === "switched") return;
    if (!this.#response.writableFinished && this.#log.outcome === "relayed") this.#log.outcome = "gone";
    this.#tell();
  }

  #tell(): void {
    this.#total.stop();
    this.#log.tell(this.#relay?.sent ?? 0);
  }
}
