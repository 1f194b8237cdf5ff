import { setImmediate as nextTurn } from "node:timers/promises";
import type { Dialect } from "./dialect.ts";
import type { ProxyDriver } from "./driver.ts";
import { askColumn } from "./lab/ask-column.ts";
import { askInCommon } from "./lab/ask-in-common.ts";
import type { ColumnTimes } from "./lab/column.ts";
import { openGrounds } from "./lab/grounds.ts";
import { groupsOf } from "./lab/groups.ts";
import { limiter } from "./net/limiter.ts";
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
  /** The client's own patience with a request that is expected to be answered, in milliseconds. */
  readonly patience?: number;
  /** How many trials of one proxy are under way at once. */
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
 * asks side by side, judges, and closes everything. The drivers, or those of one company together, have the machine one
 * after the other, since what opens, starts or closes would blur the timers of what is being asked; what is left of a
 * column when that no longer matters, clients that hang and clocks of whole seconds, stands beside the next. What costs
 * so much to open that drivers share it, a container, they are asked all together.
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
  const machine = limiter(1);
  {
    await using columns = new AsyncDisposableStack();
    for (const group of groupsOf(drivers, scenarios)) {
      signal.throwIfAborted();
      const settings = { ...options, patience, timersAreOurs: true, grounds, signal } as const;
      const column = await machine(() =>
        group.inCommon
          ? askInCommon(group, concurrency, settings, settle)
          : askColumn(group, concurrency, settings, settle),
      );
      const finished = column.finish(machine).then(onColumn);
      finished.catch(() => {}); // heard of when all have been asked
      columns.defer(() => finished);
      await nextTurn(); // one of which nothing is left is closed before the next is opened
    }
  }
  signal.throwIfAborted();
  return cells;
}
