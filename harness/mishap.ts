import type { Cause } from "./cause.ts";
import type { TimerName } from "./plan.ts";

/** Why there is no good response. */
export interface Failure {
  readonly cause: Cause;
  /** One sentence for people, in printable ASCII. */
  readonly details?: string;
  /** Extra parameters of the error type (RFC 9209 §2.3): `rcode`, `alert-id`, `header-name`, … */
  readonly params?: Readonly<Record<string, string | number>>;
  /** Where the recommended status does not fit: the exact 4xx of `http_request_error`. */
  readonly status?: number;
  /** The case of the cause, where somebody tells it apart from the others: Content-Length fields that differ. */
  readonly finer?: "length_conflict";
  /** The timer that ran out, where that is why. */
  readonly timer?: TimerName;
}

/** A failure on its way to whoever answers for it. */
export class Mishap extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.details ?? failure.cause, options);
    this.failure = failure;
  }
}
