import type { IncomingMessage, InformationEvent, ServerResponse } from "node:http";
import type { AccessRecord, UpstreamRecord } from "./access-record.ts";
import { answerFor } from "./answer.ts";
import { Attempt } from "./attempt.ts";
import { causeOf } from "./cause-of.ts";
import type { Connection } from "./connection.ts";
import { Countdown } from "./countdown.ts";
import { type Failure, Mishap, TimerRanOut } from "./failure.ts";
import { pairsOf, wordsIn } from "./fields.ts";
import { type ForwardedRequest, forwardedRequest, interimFields } from "./forwarding.ts";
import type { GatewayOptions } from "./options.ts";
import type { Pool } from "./pool.ts";
import { Relay } from "./relay.ts";
import { refusalOf } from "./request-rules.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One request of a client, from its head to the end of whatever it is answered. */
export class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #options: GatewayOptions;
  readonly #pool: Pool | undefined;
  readonly #expects: boolean;
  readonly #began = performance.now();
  readonly #at = Date.now();
  readonly #total: Countdown;
  readonly #tries: Writable<UpstreamRecord>[] = [];
  #attempt: Attempt | undefined;
  #relay: Relay | undefined;
  #failure: Failure | undefined;
  #outcome: AccessRecord["outcome"] = "gone";
  #recorded = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    options: GatewayOptions,
    pool: Pool | undefined,
    how: { expects: boolean },
  ) {
    this.#request = request;
    this.#response = response;
    this.#options = options;
    this.#pool = pool;
    this.#expects = how.expects;
    const { total } = options.timers;
    this.#total = new Countdown(total, () => this.#attempt?.fail(new TimerRanOut("total", total)));
  }

  start(): void {
    this.#request.on("error", () => {});
    this.#response.on("error", () => {});
    this.#response.once("finish", () => this.#record());
    this.#response.once("close", () => this.#onClosed());
    const refusal = refusalOf(this.#request);
    if (refusal) {
      this.refuse(refusal);
      return;
    }
    this.#total.start();
    const { name, keepAlive } = this.#options;
    this.#try(forwardedRequest(this.#request, name, keepAlive, this.#expects, false));
  }

  /** Nothing of the request is still to come. */
  get requestWhole(): boolean {
    return this.#request.complete;
  }

  onceAnswered(then: () => void): void {
    this.#response.once("finish", then);
  }

  /** Answers without asking an upstream, or in place of one; a response that has begun is broken off. */
  refuse(failure: Failure): void {
    this.#attempt?.abandon();
    this.#fail(failure);
  }

  #try(forwarded: ForwardedRequest): void {
    const { timers, headLimit, keepAlive } = this.#options;
    const attempt = new Attempt(
      {
        request: this.#request,
        response: this.#response,
        forwarded,
        timers,
        headLimit,
        keepAlive,
        again: this.#tries.length > 0,
        obtain: (signal) => this.#obtain(signal),
        release: (connection) => this.#pool?.give(connection),
      },
      {
        interim: (information) => this.#onInterim(information),
        response: (incoming) => this.#onResponse(incoming),
        switched: (_incoming, socket) => socket.destroy(),
        failed: (error) => this.#onFailed(attempt, error),
      },
    );
    this.#attempt = attempt;
    attempt.start();
  }

  async #obtain(signal: AbortSignal): Promise<Connection> {
    const pool = this.#pool;
    if (pool === undefined) throw new Mishap({ cause: "destination_not_found", details: "no upstream is configured" });
    const record: Writable<UpstreamRecord> = { url: pool.upstream.url };
    this.#tries.push(record);
    const connection = await pool.take(signal);
    record.address = connection.remoteAddress;
    record.connected = this.#elapsed();
    if (connection.served > 0) record.reused = true;
    return connection;
  }

  #onInterim({ statusCode, rawHeaders }: InformationEvent): void {
    if (this.#response.headersSent || this.#request.httpVersion === "1.0") return;
    this.#response.writeInformation(statusCode, interimFields(rawHeaders).flat());
  }

  /** The head waits until Node has parsed what came with it: a fault in the same packet can still be answered. */
  #onResponse(incoming: IncomingMessage): void {
    const record = this.#tries.at(-1);
    if (record) {
      record.head = this.#elapsed();
      record.status = incoming.statusCode ?? 0;
    }
    process.nextTick(() => {
      const attempt = this.#attempt;
      if (this.#failure || this.#response.destroyed || attempt === undefined) return;
      const takesTrailers = wordsIn(pairsOf(this.#request.rawHeaders), "te").includes("trailers");
      this.#outcome = "relayed";
      this.#relay = new Relay(incoming, this.#response, this.#options.name);
      this.#relay.start(attempt, takesTrailers);
    });
  }

  #onFailed(attempt: Attempt, error: unknown): void {
    const failure = causeOf(error, {
      stage: "exchange",
      received: attempt.watch?.received ?? 0,
      headWhole: attempt.watch?.headWhole ?? false,
    });
    const record = this.#tries.at(-1);
    if (record) record.cause = failure.cause;
    this.#fail(failure);
  }

  #fail(failure: Failure): void {
    this.#failure = failure;
    if (this.#relay === undefined) this.#answer(failure);
    else {
      this.#outcome = "cut";
      this.#relay.breakOff();
      this.#record();
    }
  }

  #answer(failure: Failure): void {
    const request = this.#request;
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    this.#outcome = "own";
    const answer = answerFor(failure, this.#options.name, request.headers.accept);
    // Whether content still comes is unknown when nobody has asked for it: only a close settles that (RFC 9110 §10.1.1).
    // What could not be read leaves no frame to go on from either.
    const unframed = this.#expects || failure.cause === "http_request_error";
    if (unframed && !request.complete) answer.fields.push("Connection", "close");
    response.writeHead(answer.status, answer.reason, answer.fields);
    response.end(answer.body);
    request.resume();
  }

  #onClosed(): void {
    this.#attempt?.abandon();
    if (!this.#response.writableFinished && this.#outcome === "relayed") this.#outcome = "gone";
    this.#record();
  }

  /** Once, as soon as the outcome stands. */
  #record(): void {
    if (this.#recorded) return;
    this.#recorded = true;
    this.#total.stop();
    const { method = "", url: target = "" } = this.#request;
    const status = this.#response.headersSent ? this.#response.statusCode : undefined;
    this.#options.onAnswered?.({
      at: this.#at,
      method,
      target,
      outcome: this.#outcome,
      ...(status !== undefined && { status }),
      ...(this.#failure && { cause: this.#failure.cause }),
      ...(this.#failure?.details !== undefined && { details: this.#failure.details }),
      upstreams: this.#tries,
      sent: this.#relay?.sent ?? 0,
      took: this.#elapsed(),
    });
  }

  #elapsed(): number {
    return performance.now() - this.#began;
  }
}
