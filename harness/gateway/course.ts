import type { Connection } from "./connection.ts";
import { type Failure, Mishap } from "./failure.ts";
import type { Tries } from "./profile.ts";
import { isWorthAnother } from "./retry.ts";
import type { Member, Upstreams } from "./upstreams.ts";

/** What a course tells on its way. */
export interface CourseEvents {
  trying(url: string): void;
  failed(failure: Failure): void;
}

/**
 * `retries` as an operator tells them: so many further upstreams. Not after silence: whoever is slow is at work, and
 * asking a second one doubles the load.
 */
export function furtherTries(retries: number): Tries {
  return { most: 1 + retries, after: ["connecting", "terminated"], at: "others" };
}

/** The way of one request through the upstreams: the first try, and as many further ones as are allowed. */
export class Course {
  readonly #upstreams: Upstreams;
  readonly #tries: Tries;
  readonly #events: CourseEvents;
  #ahead: Member[] | undefined;
  #member: Member | undefined;
  #freshOnly = false;

  constructor(upstreams: Upstreams, tries: Tries, events: CourseEvents) {
    this.#upstreams = upstreams;
    this.#tries = tries;
    this.#events = events;
  }

  /** Whether the request may go on to another upstream after an exchange that failed so. */
  mayFollow(failure: Failure): boolean {
    return this.#hasNext && isWorthAnother(failure, this.#tries.after);
  }

  get #hasNext(): boolean {
    return (this.#ahead?.length ?? 0) > 0;
  }

  /**
   * A connection to the next upstream, or to the one after it: while nothing has been sent, every method may go on.
   * @throws Mishap of the last one tried
   */
  async next(signal: () => AbortSignal): Promise<Connection> {
    for (;;) {
      try {
        const connection = await this.#take(signal);
        this.#freshOnly = false;
        return connection;
      } catch (error) {
        if (signal().aborted || !(error instanceof Mishap) || this.#member === undefined) throw error;
        this.#events.failed(error.failure);
        if (error.failure.cause !== "connection_limit_reached") this.#member.standing.failed();
        if (!this.#hasNext || !this.#tries.after.includes("connecting")) throw error;
        this.#freshOnly = false;
      }
    }
  }

  /** The next try is at the same upstream once more, on a connection that nobody has used. */
  stayFresh(): void {
    this.#freshOnly = true;
  }

  succeeded(): void {
    this.#member?.standing.succeeded();
  }

  failed(): void {
    this.#member?.standing.failed();
  }

  #take(signal: () => AbortSignal): Promise<Connection> {
    this.#ahead ??= this.#order();
    if (!this.#freshOnly) this.#member = this.#ahead.shift();
    if (this.#member === undefined) throw new Mishap({ cause: "destination_not_found" });
    const { pool } = this.#member;
    this.#events.trying(pool.upstream.url);
    return pool.take(signal, this.#freshOnly);
  }

  #order(): Member[] {
    const members = this.#upstreams.inTurn();
    const { most, at } = this.#tries;
    const length = at === "others" ? Math.min(most, members.length) : most;
    return Array.from({ length }, (_, turn) => members[turn % members.length]).filter((member) => member !== undefined);
  }
}
