import type { ProxyDriver } from "./driver.ts";
import { AskedColumn, type ColumnTimes } from "./lab/asked-column.ts";
import { type PreparedColumn, prepareColumn } from "./lab/column.ts";
import { openGrounds } from "./lab/grounds.ts";
import { type Group, groupsOf } from "./lab/groups.ts";
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
  /** Unset when there was no trial: something is missing, or the scene could not be set. */
  readonly trial?: Trial;
}

/**
 * Runs every scenario on every driver: opens all backends sound, starts one proxy in front of them, arms the faults,
 * asks side by side, judges, and closes everything. One driver after the other, those of one
 * company together: what starts or closes would blur the timers of what is being asked. Not waited for is what only waits itself: clients that hang, clocks of whole seconds;
 * and containers for the next driver are made while this one is asked.
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
  const prepared: PreparedColumn[] = [];
  const prepare = (group: Group): PreparedColumn => {
    const column = prepareColumn(group, { ...options, patience, grounds, signal });
    prepared.push(column);
    return column;
  };
  const columns: AskedColumn[] = [];
  try {
    let next: PreparedColumn | undefined;
    const order = coarsestFirst(groupsOf(drivers, scenarios));
    for (const [index, group] of order.entries()) {
      signal.throwIfAborted();
      const preparing = next ?? prepare(group);
      await Promise.all(columns.filter((column) => column.isThrough()).map((column) => column.close()));
      const column = new AskedColumn(group, await preparing.start(), { concurrency, settle, onColumn });
      columns.push(column);
      const following = order[index + 1];
      next = following && prepare(following);
      await orAborted(signal, column.quiet);
    }
    await orAborted(signal, Promise.all(columns.map(({ done }) => done)));
  } finally {
    await Promise.all(columns.map((column) => column.close()));
    await Promise.all(prepared.map((column) => column[Symbol.asyncDispose]())); // those that were not asked any more
  }
  return cells;
}

/** Clocks of whole seconds have their time while the other columns run. */
function coarsestFirst(groups: readonly Group[]): Group[] {
  return groups.toSorted((a, b) => b.drivers[0].unit - a.drivers[0].unit);
}
