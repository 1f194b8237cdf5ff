import type { Expectation } from "../expectation.ts";
import { isTally } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";

/**
 * When a trial runs among those of its column. What begins, and what starts a process or asks a container engine, takes
 * the processor from whoever waits for a timer, and makes its answer late.
 *
 * - `long`: takes the longest, costs nothing meanwhile, and is not made late by a busy processor: clients that will
 *   hang, what takes its time and has been given it, and clocks of whole seconds. They begin first, and the next
 *   column does not wait for them.
 * - `prompt`: ends when something happens
 * - `timed`: waits for a clock, a timer or that of health checks. They begin when the prompt ones are over.
 * - `alone`: must run when nothing else does
 */
export type Turn = "long" | "prompt" | "timed" | "alone";

/** A grain of a proxy's clock, in milliseconds, beside which it does not matter who takes the processor. */
const coarse = 1_000;

/**
 * @param expectation what is expected of the proxy
 * @param unit the grain of the proxy's clock, in milliseconds
 */
export function turnOf(
  { alone, at: clock, cause, remedied, plan: { timers, health } = {} }: Scenario & { readonly remedied?: true },
  { claims, at }: Pick<Expectation, "claims" | "at">,
  unit: number,
): Turn {
  if (claims.some((claim) => !isTally(claim) && [claim].flat().includes("hang"))) return "long";
  if (alone) return "alone";
  const untilKernelGivesUp = clock === "connect" && at === "never"; // it counts in seconds
  if (untilKernelGivesUp || (remedied && timers)) return "long";
  // A fault of which no answer comes at a timer has its timers changed to have room to happen.
  const onTheClock = clock !== undefined || (timers !== undefined && cause === undefined);
  if (onTheClock && !health && unit >= coarse) return "long";
  return onTheClock || health ? "timed" : "prompt";
}
