import type { Connection } from "./connection.ts";
import { type Failure, Mishap } from "./failure.ts";
import type { Member, Upstreams } from "./upstreams.ts";

/** What a course tells on its way. */
export interface CourseEvents {
  trying(url: string): void;
  failed(failure: Failure): void;
}

/** The way of one request through the upstreams: the first try, and as many further ones as are allowed. */
export class Course {
  readonly #upstreams: Upstreams;
  readonly #retries: number;
  readonly #events: CourseEvents;
  #ahead: Member[] | undefined;
  #member: Member | undefined;
  #freshOnly = false;

  constructor(upstreams: Upstreams, retries: number, events: CourseEvents) {
    this.#upstreams = upstreams;
    this.#retries = retries;
    this.#events = events;
  }

  /** Another upstream is left to try. */
  get hasNext(): boolean {
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
        if (!this.hasNext) throw error;
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
    this.#ahead ??= this.#upstreams.inTurn().slice(0, 1 + this.#retries);
    if (!this.#freshOnly) this.#member = this.#ahead.shift();
    if (this.#member === undefined) throw new Mishap({ cause: "destination_not_found" });
    const { pool } = this.#member;
    this.#events.trying(pool.upstream.url);
    return pool.take(signal, this.#freshOnly);
  }
}
