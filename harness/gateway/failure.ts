import type { TimerName } from "../plan.ts";

export { type Failure, Mishap } from "../mishap.ts";

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
