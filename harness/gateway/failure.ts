import type { ErrorType } from "../cause.ts";
import type { Failure as NoGoodResponse } from "../mishap.ts";
import type { TimerName } from "../plan.ts";

export { Mishap } from "../mishap.ts";

/** Why the gateway answers by itself: there is no good response, or it is nothing to ask an upstream for. */
export type Failure = NoGoodResponse | OwnResponse;

interface OwnResponse extends Omit<NoGoodResponse, "cause"> {
  readonly cause: Exclude<ErrorType, NoGoodResponse["cause"]>;
  readonly status: number;
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
