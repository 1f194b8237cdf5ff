import type { ProxyDriver } from "./driver.ts";
import { calm } from "./lab/calm.ts";
import { type Column, openColumn } from "./lab/column.ts";
import { openGrounds } from "./lab/grounds.ts";
import { groupsOf } from "./lab/groups.ts";
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
}

/** One scenario on one driver. */
export interface Cell {
  readonly scenario: NamedScenario;
  readonly driver: ProxyDriver;
  readonly verdict: Verdict;
  /** Unset when there was no trial: something is missing, or the scene could not be set. */
  readonly trial?: Trial;
}

/**
 * Runs every scenario on every driver: opens all backends sound, starts one proxy in front of them, arms the faults,
 * asks side by side, judges, and closes everything. One driver after the other, those of one company together: what opens would blur the timers of
 * what is being asked. A scenario that could harm its neighbours runs when all others are done.
 * @throws the signal's reason when the run is broken off
 */
export async function run(options: RunOptions): Promise<Cell[]> {
  const { scenarios, drivers, concurrency = 64, patience = 5_000, onCell = () => {} } = options;
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
    await using column = await openColumn(group, { ...options, patience, grounds, signal });
    for (const cell of column.settled) settle(cell);
    await orAborted(signal, askColumn(column, concurrency, settle));
  }
  return cells;
}

async function askColumn(column: Column, concurrency: number, settle: (cell: Cell) => void): Promise<void> {
  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const ask = async (trial: Column["together"][number]) => {
    await beginning(calm);
    for (const cell of await trial()) settle(cell);
  };
  await Promise.all(column.together.map((trial) => limit(() => ask(trial))));
  for (const trial of column.alone) for (const cell of await trial()) settle(cell);
}
