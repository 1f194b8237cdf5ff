import type { TimerName, Timers } from "../plan.ts";
import type { RunFacts } from "./facts.ts";
import { hanging } from "./lines.ts";
import type { View } from "./paint.ts";

/** What its vendor's timers are, and what stands for them in this run: no run waits for two minutes unless told to. */
export function textScales({ vendors = [] }: RunFacts, { paint, width }: View): string {
  return vendors
    .map(({ driver, real, timers }) => paint("dim", hanging(scaleText(driver, real, timers), 2, width)))
    .join("\n");
}

/** `profile:heroku: head 300 ms stands for 30 s (1 : 100), …`; those that its vendor does not publish are left out. */
export function scaleText(driver: string, real: Partial<Timers>, timers: Timers): string {
  const names = (Object.keys(real) as TimerName[]).filter((name) => timers[name] > 0);
  const parts = names.map((name) => {
    const wanted = real[name] ?? 0;
    if (wanted === timers[name]) return `${name} ${inSeconds(wanted)}`;
    return `${name} ${timers[name]} ms stands for ${inSeconds(wanted)} (1 : ${Math.round((wanted / timers[name]) * 10) / 10})`;
  });
  return parts.length > 0 ? `${driver}: ${parts.join(", ")}` : `${driver}: its vendor publishes no timers`;
}

function inSeconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`;
}
