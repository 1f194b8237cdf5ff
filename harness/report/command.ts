import { defaultTimers, type TimerName, type Timers } from "../plan.ts";
import type { Origin } from "./facts.ts";
import type { ReportCell } from "./report-cell.ts";

/** What one types to have the same trial again. */
export function againCommand(cell: ReportCell, run: Origin): string {
  const { scenario, trial } = cell;
  const { timers, command } = cell.origin ?? run;
  const seed = trial === undefined ? [] : [`--seed ${trial.seed}`];
  if (command !== undefined) return [command, scenario.id, ...seed].join(" ");
  return [...runWords(cell, timers), ...seed].join(" ");
}

function runWords({ scenario, driver }: ReportCell, timers: Timers): string[] {
  const names = Object.keys(defaultTimers) as TimerName[];
  const changed = names.filter((name) => timers[name] !== defaultTimers[name]);
  return [
    `badgateway run ${scenario.id} --proxy ${driver.name}`,
    ...(driver.via === "container" ? ["--via container"] : []),
    ...(changed.length > 0
      ? [`--timers ${timersText(Object.fromEntries(changed.map((name) => [name, timers[name]])))}`]
      : []),
  ];
}

/** `head=150,idle=2000`: as `--timers` reads it. */
export function timersText(timers: Partial<Timers>): string {
  return Object.entries(timers)
    .map(([name, limit]) => `${name}=${limit}`)
    .join(",");
}
