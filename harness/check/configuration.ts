import type { Cause } from "../cause.ts";
import type { Claim } from "../outcome.ts";
import type { TimerName } from "../plan.ts";
import type { Means } from "./subject.ts";

/** What the owner of a proxy writes down about it: the default export of `badgateway.config.ts`, or a JSON file. */
export interface CheckConfiguration {
  /** The proxy's own timers: milliseconds, or `500ms`, `2s`. What is not told is not judged. */
  readonly timers?: Readonly<Partial<Record<TimerName, number | string>>>;
  /** What it does that cannot be seen from outside. */
  readonly means?: Omit<Means, "timers">;
  /** What it answers, where that is not what the standards ask. */
  readonly expect?: readonly Expected[];
  /** What is not asked. */
  readonly leaveOut?: readonly LeftOut[];
}

/** An answer that is meant to be as it is. One of `scenario` and `cause` is told; a cause speaks of the proxy's own answers. */
export interface Expected {
  /** An id, or a glob: `malformed/*`. */
  readonly scenario?: string;
  readonly cause?: Cause;
  readonly outcome: Claim;
  readonly why: string;
}

export interface LeftOut {
  /** An id, or a glob. */
  readonly scenario: string;
  readonly why: string;
}
