import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { Attempt } from "./attempt.ts";
import { causeOf } from "./cause-of.ts";
import type { Connection } from "./connection.ts";
import { Countdown } from "./countdown.ts";
import { Course, furtherTries } from "./course.ts";
import { type Failure, TimerRanOut } from "./failure.ts";
import { type ForwardedRequest, forwardedRequest } from "./forwarding.ts";
import { loopOf } from "./loop.ts";
import type { Surroundings } from "./manner.ts";
import type { Party } from "./party.ts";
import { refusalOf } from "./request-rules.ts";
import { isStale, mayRepeat } from "./retry.ts";
import { tunnel } from "./tunnel.ts";

/** The upstream gets one client's request; should that one leave in its middle, the others' is none either. */
const unfinished: Failure = {
  cause: "http_request_error",
  status: 400,
  details: "the client whose request went to the upstream left before it was whole",
};

/**
 * One request, from its head to the end of whatever it is answered. Several clients may be parties to it, who have
 * asked the same of gateways that stand side by side (`side-by-side.ts`): the upstream gets the first one's request,
 * all get what comes of it.
 */
export class Exchange {
  readonly #parties: readonly Party[];
  readonly #lead: Party;
  readonly #surroundings: Surroundings;
  readonly #forwarded: ForwardedRequest;
  readonly #course: Course;
  readonly #total: Countdown;
  #attempt: Attempt | undefined;
  #staleOnce = false;
  #failed = false;

  constructor(parties: readonly [Party, ...Party[]], surroundings: Surroundings) {
    [this.#lead] = parties;
    this.#parties = parties;
    this.#surroundings = surroundings;
    const { name, keepAlive, retries, tries = furtherTries(retries), timers } = surroundings.options;
    const { request, manner } = this.#lead;
    const switching = manner.switching !== undefined;
    this.#forwarded = forwardedRequest(request, name, keepAlive, { expects: manner.expects, switching });
    this.#course = new Course(surroundings.upstreams, tries, this);
    this.#total = new Countdown(timers.total, () => this.#attempt?.fail(new TimerRanOut("total", timers.total)));
    for (const party of parties) {
      party.exchange = this;
      party.response.once("close", () => this.#onClosed());
    }
    for (const { request } of parties.slice(1)) request.resume();
  }

  start(): void {
    const { request } = this.#lead;
    const refusal = refusalOf(request) ?? loopOf(request, this.#surroundings.options.name);
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

  /** The course is about to connect to an upstream. */
  trying(url: string): void {
    for (const { log } of this.#parties) log.trying(url);
  }

  /** The try has failed, whether or not a connection came about. */
  failed(failure: Failure): void {
    for (const { log } of this.#parties) log.failed(failure);
  }

  #try(): void {
    const { request, response } = this.#lead;
    const attempt = new Attempt(
      {
        ...this.#surroundings.options,
        request,
        response,
        forwarded: this.#forwarded,
        obtain: async (signal) => {
          const connection = await this.#course.next(signal);
          this.#connected(connection);
          return connection;
        },
      },
      {
        interim: (information) => {
          for (const party of this.#parties) party.interim(information);
        },
        response: (incoming) => this.#onResponse(attempt, incoming),
        switched: (incoming, socket, head) => this.#onSwitched(incoming, socket, head),
        failed: (error) => this.#onFailed(attempt, error),
      },
    );
    this.#attempt = attempt;
    attempt.start();
  }

  #connected(connection: Connection): void {
    for (const { log } of this.#parties) log.connected(connection);
  }

  /** The head waits until Node has parsed what came with it: a fault in the same packet can still be answered. */
  #onResponse(attempt: Attempt, incoming: IncomingMessage): void {
    for (const { log } of this.#parties) log.headCame(incoming.statusCode ?? 0);
    process.nextTick(() => {
      if (this.#attempt !== attempt || this.#failed || this.#everybodyLeft) return;
      this.#course.succeeded();
      if (this.#parties.length > 1) incoming.setMaxListeners(0); // each party has its own
      for (const party of this.#parties) party.relay(incoming, attempt);
    });
  }

  #onSwitched(incoming: IncomingMessage, socket: Socket, head: Buffer): void {
    this.#total.stop();
    this.#course.succeeded();
    for (const { log } of this.#parties) log.headCame(101);
    if (this.#parties.length > 1) socket.setMaxListeners(0); // each party has its own
    tunnel(incoming, socket, head, this.#parties, this.#surroundings.options.name);
  }

  #onFailed(attempt: Attempt, error: unknown): void {
    const failure = causeOf(error, attempt.circumstances);
    const asked = attempt.connection !== undefined;
    if (asked) this.failed(failure);
    const begun = this.#parties.some((party) => party.begun);
    if (asked && !begun && this.#mayTryAgain(attempt, failure)) this.#try();
    else this.#fail(failure);
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
    return this.#course.mayFollow(failure);
  }

  #fail(failure: Failure): void {
    this.#total.stop();
    this.#failed = true;
    for (const party of this.#parties) party.fail(failure);
  }

  get #everybodyLeft(): boolean {
    return this.#parties.every(({ response }) => response.destroyed);
  }

  #onClosed(): void {
    for (const party of this.#parties) if (party.response.destroyed) party.left();
    if (this.#everybodyLeft) {
      this.#total.stop();
      this.#attempt?.abandon();
    } else if (this.#attempt?.over === false && this.#lead.response.destroyed && !this.#lead.request.complete) {
      this.refuse(unfinished);
    }
  }
}
