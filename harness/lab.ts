import type { Dialect } from "./dialect.ts";
import type { ProxyDriver } from "./driver.ts";
import { calm } from "./lab/calm.ts";
import { type Column, type ColumnOptions, type ColumnTimes, type ColumnTrial, openColumn } from "./lab/column.ts";
import { openGrounds } from "./lab/grounds.ts";
import { type Group, groupsOf } from "./lab/groups.ts";
import { limiter } from "./net/limiter.ts";
import { orAborted } from "./net/or-aborted.ts";
import type { Timers } from "./plan.ts";
import type { NamedScenario } from "./scenario.ts";
import type { Trial } from "./trial.ts";
import type { Verdict } from "./verdict.ts";

export interface RunOptions {
  readonly scenarios: readonly NamedScenario[];
  readonly drivers: readonly ProxyDriver[];
  readonly timers: Timers;
  /** Every choice made by chance follows from it. */
  readonly seed: number;
  /** The client's own patience with one request, in milliseconds. */
  readonly patience?: number;
  /** How many trials are under way at once. */
  readonly concurrency?: number;
  /** Breaks the run off; everything is closed before the promise rejects. */
  readonly signal?: AbortSignal;
  /** Called as soon as a cell is judged. */
  readonly onCell?: (cell: Cell) => void;
  /** Called when a driver's column is closed. */
  readonly onColumn?: (times: ColumnTimes) => void;
}

/** One scenario on one driver. */
export interface Cell {
  readonly scenario: NamedScenario;
  readonly driver: ProxyDriver;
  readonly verdict: Verdict;
  /** What it was judged by, where that is not the driver's own. */
  readonly dialect?: Dialect;
  /** Unset when there was no trial: something is missing, or the scene could not be set. */
  readonly trial?: Trial;
}

/**
 * Runs every scenario on every driver: opens all backends sound, starts one proxy in front of them, arms the faults,
 * asks side by side, judges, and closes everything. One driver after the other, those of one company together: what
 * opens, starts or closes would blur the timers of what is being asked.
 * @throws the signal's reason when the run is broken off
 */
export async function run(options: RunOptions): Promise<Cell[]> {
  const { scenarios, drivers, concurrency = 64, patience = 5_000, onCell = () => {}, onColumn = () => {} } = options;
  const signal = options.signal ?? new AbortController().signal;
  await using grounds = await openGrounds();
  const cells: Cell[] = [];
  const settle = (cell: Cell) => {
    if (signal.aborted) return; // what ends because the scene was closed under it says nothing
    cells.push(cell);
    onCell(cell);
  };
  for (const group of groupsOf(drivers, scenarios)) {
    signal.throwIfAborted();
    onColumn(await askDrivers(group, concurrency, { ...options, patience, grounds, signal }, settle));
  }
  return cells;
}

/** One column from its opening to its close, and what each part of that took. */
async function askDrivers(
  group: Group,
  concurrency: number,
  options: ColumnOptions,
  settle: (cell: Cell) => void,
): Promise<ColumnTimes> {
  const [{ name: driver, via }] = group.drivers;
  let took: Omit<ColumnTimes, "stop">;
  let asked: number;
  {
    await using column = await openColumn(group, options);
    const opened = performance.now();
    for (const cell of column.settled) settle(cell);
    await orAborted(options.signal, askColumn(column, concurrency, settle));
    asked = performance.now();
    took = { driver, via, ...column.took, run: asked - opened };
  }
  return { ...took, stop: performance.now() - asked };
}

async function askColumn({ trials }: Column, concurrency: number, settle: (cell: Cell) => void): Promise<void> {
  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const ask = async (trial: ColumnTrial) => {
    await beginning(calm);
    for (const cell of await trial()) settle(cell);
  };
  const askAll = (some: readonly ColumnTrial[]) => Promise.all(some.map((trial) => limit(() => ask(trial))));
  await Promise.all([askAll(trials.long), askAll(trials.prompt).then(() => askAll(trials.timed))]);
  for (const trial of trials.alone) for (const cell of await trial()) settle(cell);
}
