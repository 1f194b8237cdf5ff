import { defaultTimers, type TimerName, type Timers } from "../plan.ts";
import type { ReportCell } from "./report-cell.ts";

/** What one types to have the same trial again. */
export function againCommand(
  { scenario, driver }: Pick<ReportCell, "scenario" | "driver">,
  seed: number | undefined,
  timers: Timers,
): string {
  const names = Object.keys(defaultTimers) as TimerName[];
  const changed = names.filter((name) => timers[name] !== defaultTimers[name]);
  return [
    `badgateway run ${scenario.id} --proxy ${driver.name}`,
    ...(driver.via === "container" ? ["--via container"] : []),
    ...(changed.length > 0 ? [`--timers ${changed.map((name) => `${name}=${timers[name]}`).join(",")}`] : []),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
  ].join(" ");
}
