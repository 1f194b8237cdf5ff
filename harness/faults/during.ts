import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { type Choose, choosing } from "./choosing.ts";
import { healthyOnce } from "./healthy-once.ts";

/** A stretch from `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** What is counted: milliseconds after arming, unless told. */
  readonly of?: "milliseconds" | "connections";
}

/**
 * A backend that is healthy but for a while. Notes `chose`; where time is counted, also `fault-began` and
 * `fault-ended`, which an ask can wait for, so that no clock decides what it meets.
 * @throws RangeError when the stretch is empty
 */
export function during(fault: Fault, { from, to, of = "milliseconds" }: Stretch): Fault {
  if (!(from >= 0 && from < to)) throw new RangeError(`during: wanted 0 ≤ from < to, got from ${from} to ${to}`);
  const parts = [
    { name: "the fault", fault },
    { name: "healthy", fault: healthyOnce() },
  ];
  if (of === "connections")
    return choosing(parts, () => (connection) => (connection >= from && connection < to ? 0 : 1));
  return choosing(parts, (stage, over) => timed(stage, from, to, over));
}

function timed(stage: Stage, from: number, to: number, over: AbortSignal): Choose {
  let failing = from === 0;
  const turn = async () => {
    if (!failing) await delay(from, undefined, { signal: over });
    failing = true;
    stage.note("fault-began");
    await delay(to - from, undefined, { signal: over });
    failing = false;
    stage.note("fault-ended");
  };
  turn().catch(() => {}); // closed before it was over
  return () => (failing ? 0 : 1);
}
