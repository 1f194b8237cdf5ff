import type { Expectation } from "../expectation.ts";
import { isTally } from "../outcome.ts";
import type { Scenario } from "../scenario.ts";

/**
 * When a trial runs among those of its column. What begins, and what starts a process or asks a container engine, takes
 * the processor from whoever waits for a timer, and makes its answer late.
 *
 * - `long`: takes the longest and costs nothing meanwhile: clients that will hang, and what takes its time and has been
 *   given it. They begin first.
 * - `prompt`: ends when something happens
 * - `timed`: waits for a clock, a timer or that of health checks. They begin when the prompt ones are over.
 * - `alone`: must run when nothing else does
 */
export type Turn = "long" | "prompt" | "timed" | "alone";

/** @param claims what is expected of the proxy, ask by ask */
export function turnOf(
  { alone, at, cause, remedied, plan: { timers, health } = {} }: Scenario & { readonly remedied?: true },
  claims: Expectation["claims"],
): Turn {
  if (alone) return "alone";
  if (claims.some((claim) => !isTally(claim) && [claim].flat().every((word) => word === "hang"))) return "long";
  if (remedied && timers) return "long";
  // A fault of which no answer comes at a timer has its timers changed to have room to happen.
  const onTheClock = at !== undefined || (timers !== undefined && cause === undefined);
  return onTheClock || health ? "timed" : "prompt";
}
