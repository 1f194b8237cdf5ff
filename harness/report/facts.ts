import type { ProxyDriver } from "../driver.ts";
import type { ColumnTimes } from "../lab/column.ts";
import type { Timers } from "../plan.ts";

/** What there is to know of a run beside its cells. Plain JSON. */
export interface RunFacts {
  /** Version of this package. */
  readonly badgateway: string;
  readonly node: string;
  /** `linux x64`. */
  readonly platform: string;
  /** When the run began, as ISO 8601 writes it. */
  readonly date: string;
  /** Of the first run; each further one has the next number. */
  readonly seed: number;
  /** How many times everything was run. */
  readonly repeat: number;
  readonly timers: Timers;
  /** What one types to have it again, up to the scenario, where that is no `badgateway run`. */
  readonly command?: string;
  /** Wall-clock time, in milliseconds. */
  readonly took: number;
  /** Of every imitated proxy: the timers that its vendor publishes, and those of the run that stand for them. */
  readonly vendors?: readonly VendorTimers[];
  /** What each driver's column took, in the order in which they were closed. */
  readonly columns?: readonly ColumnTimes[];
  /** Proxies that nobody asked for by name and that this machine cannot start. */
  readonly absent: readonly Absence[];
}

/** What its trials are had again with. */
export type Origin = Pick<RunFacts, "timers" | "command">;

export interface VendorTimers {
  readonly driver: string;
  readonly real: Partial<Timers>;
  readonly timers: Timers;
}

export interface Absence {
  readonly driver: string;
  readonly via: ProxyDriver["via"];
  /** With the command that supplies it. */
  readonly missing: string;
}
