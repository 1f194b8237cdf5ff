import type { ProxyDriver } from "../driver.ts";
import type { Timers } from "../plan.ts";
import type { VendorTimers } from "../report/facts.ts";
import { scaleText } from "../report/text-scale.ts";
import type { NamedScenario } from "../scenario.ts";
import { UsageError } from "./usage.ts";

/** `--timers real`: every proxy has the timers that its vendor gives it. */
export const real = "real";

/** @throws UsageError when one of the drivers imitates nobody, and so has no vendor */
export function withRealTimers(drivers: readonly ProxyDriver[]): readonly ProxyDriver[] {
  return drivers.map((driver) => {
    if (driver.vendor) return { ...driver, timers: driver.vendor.timers };
    throw new UsageError(
      `--timers real: wanted profiles alone, as in --proxy 'profile:*'; ${driver.name} has no vendor's timers`,
    );
  });
}

/** What stands for the vendors' timers in a run. */
export function vendorTimers(
  drivers: readonly ProxyDriver[],
  timers: Timers,
): Pick<{ vendors: VendorTimers[] }, "vendors"> {
  return {
    vendors: drivers.flatMap(({ name, vendor, timers: own = timers }) =>
      vendor ? { driver: name, real: vendor.published, timers: own } : [],
    ),
  };
}

/** A remedied run waits for up to so many times the timer that the fault runs into. */
const remedied = 4;

/** What whoever has asked for real timers must know: what they are, and how long it will take, one proxy after the other. */
export function announcement(drivers: readonly ProxyDriver[], scenarios: readonly NamedScenario[]): string {
  const waits = drivers.map(({ timers }) => Math.max(0, ...scenarios.map((scenario) => waitOf(scenario, timers))));
  const minutes = waits.reduce((sum, wait) => sum + wait, 0) / 60_000;
  const lines = drivers.map(({ name, vendor, timers }) =>
    vendor && timers ? scaleText(name, vendor.published, timers) : name,
  );
  const about = minutes < 1 ? `${Math.ceil(minutes * 60)} s` : `${Math.ceil(minutes)} min`;
  return [...lines, `Real timers: this takes up to ${about}.`].join("\n");
}

function waitOf({ at, plan, remedied: cured }: NamedScenario, timers: Timers | undefined): number {
  if (timers === undefined || (at === undefined && plan?.timers === undefined)) return 0;
  return (timers[at ?? "head"] || timers.head) * (cured || at === undefined ? remedied : 1);
}
