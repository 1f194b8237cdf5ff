import type { Cause } from "../cause.ts";
import type { TimerName } from "../plan.ts";

/** Why the gateway has no good response to relay. */
export interface Failure {
  readonly cause: Cause;
  /** One sentence for people, in printable ASCII. */
  readonly details?: string;
  /** Extra parameters of the error type (RFC 9209 §2.3): `rcode`, `alert-id`, `header-name`, … */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where the recommended status does not fit: the exact 4xx of `http_request_error`. */
  readonly status?: number;
  /** The timer that ran out, where that is why. */
  readonly timer?: TimerName;
}

/** A failure on its way to whoever answers. */
export class Mishap extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.details ?? failure.cause, options);
    this.failure = failure;
  }
}

/** One of our own timers has run out. Node would report the connection's end, and not why it ended. */
export class TimerRanOut extends Error {
  readonly timer: TimerName;
  readonly limit: number;
  /** Milliseconds since the upstream's last byte; unset when none has come. */
  readonly quiet: number | undefined;

  constructor(timer: TimerName, limit: number, quiet?: number) {
    super(`the ${timer} timer ran out after ${limit} ms`);
    this.timer = timer;
    this.limit = limit;
    this.quiet = quiet;
  }
}

/** The upstream has closed its side (FIN) before its message was whole. */
export class UpstreamClosed extends Error {
  constructor(details = "the upstream closed the connection") {
    super(details);
  }
}
