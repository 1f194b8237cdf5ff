import type { Cause } from "../cause.ts";
import type { Expectation } from "../expectation.ts";
import { isTally } from "../outcome.ts";
import type { Timers } from "../plan.ts";
import type { Scenario } from "../scenario.ts";
import { leewayOf } from "../verdict.ts";

/**
 * When a trial runs among those of its column. What begins, and what starts a process or asks a container engine, takes
 * the processor from whoever waits for a timer, and makes its answer late.
 *
 * - `long`: takes the longest, costs nothing meanwhile, and is not made late by a busy processor: clients that will
 *   hang, what takes its time and has been given it, and clocks of whole seconds. They begin first, and the next column
 *   does not wait for them.
 * - `prompt`: ends when something happens, or at a timer that is long enough to run out late
 * - `timed`: waits for a clock, a timer or that of health checks. They begin when the prompt ones are over.
 * - `alone`: must run when nothing else does. What waits for a timer once it has moved its megabytes is the first of the
 *   timed ones instead.
 */
export type Turn = "long" | "prompt" | "timed" | "alone";

/** An answer that may be so many milliseconds late is not made too late by who takes the processor meanwhile. */
const ample = 1_000;

/**
 * @param expectation what is expected of the proxy
 * @param unit the grain of the proxy's clock, in milliseconds
 * @param planned the timers that the proxy is told, in milliseconds
 */
export function turnOf(
  { alone, at: clock, cause, remedied, plan: { timers, health } = {} }: Scenario & { readonly remedied?: true },
  { claims, at }: Pick<Expectation, "claims" | "at">,
  unit: number,
  planned: Timers,
): Turn {
  // A fault of which no answer comes at a timer has its timers changed to have room to happen.
  const onTheClock = clock !== undefined || (timers !== undefined && cause === undefined);
  const mayRunOut = onTheClock || (at !== undefined && at !== "never") || [cause].flat().some(isTimeout);
  if (alone && unit < ample) return onTheClock ? "timed" : "alone";
  if (mayHang(claims) || untilKernelGivesUp(clock, at) || (remedied && timers)) return "long";
  if (health) return "timed";
  if (unit >= ample && mayRunOut) return "long";
  if (!onTheClock) return alone ? "alone" : "prompt";
  return leewayOf(clock === undefined ? 0 : planned[clock], unit) >= ample ? "prompt" : "timed";
}

/** Whether a connect has no timer, so that only the kernel ends it, which counts in seconds. */
export function untilKernelGivesUp(clock: Scenario["at"], at: Expectation["at"]): boolean {
  return clock === "connect" && at === "never";
}

function isTimeout(cause: Cause | undefined): boolean {
  return cause?.endsWith("_timeout") ?? false;
}

/** Whether a client may have to be the one that gives up. */
export function mayHang(claims: Expectation["claims"]): boolean {
  return claims.some((claim) => !isTally(claim) && [claim].flat().includes("hang"));
}
