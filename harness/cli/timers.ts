import { defaultTimers, type TimerName, type Timers } from "../plan.ts";
import { meant } from "../select/nearest.ts";
import { UsageError } from "./usage.ts";
import { duration } from "./values.ts";

/**
 * Reads `head=1s,connect=200ms,idle=500`: milliseconds unless a unit says otherwise. What is not named stays as it was.
 * @throws UsageError
 */
export function parseTimers(text: string, timers: Timers = defaultTimers): Timers {
  return { ...timers, ...toldTimers(text) };
}

/** Those that are named. @throws UsageError */
export function toldTimers(text: string): Partial<Timers> {
  const told: Partial<Record<TimerName, number>> = {};
  for (const item of text.split(",")) {
    const [name = "", value = "", ...more] = item.split("=").map((part) => part.trim());
    if (!isTimer(name)) {
      throw new UsageError(`--timers: no timer is called “${name}”; ${meant(name, Object.keys(defaultTimers))}`);
    }
    if (name in told) throw new UsageError(`--timers: ${name} is told twice`);
    told[name] = timerOf(`--timers ${name}`, name)([value, ...more].join("="));
  }
  return told;
}

function isTimer(name: string): name is TimerName {
  return Object.hasOwn(defaultTimers, name);
}

/** Makes the reader of one timer's time: there may be none for the whole exchange, and must be one for each wait. */
export function timerOf(option: string, name: TimerName): (text: string) => number {
  return duration(option, name === "total" ? "none" : undefined);
}
