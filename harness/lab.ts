import type { ProxyDriver } from "./driver.ts";
import { askColumn } from "./lab/ask-column.ts";
import { type Column, openColumn } from "./lab/column.ts";
import { openGrounds } from "./lab/grounds.ts";
import { timersFor } from "./lab/room.ts";
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
 * asks side by side, judges, and closes everything. One driver after the other: what opens would blur the timers of
 * what is being asked. Only a client that hangs is not waited for: the next driver begins meanwhile.
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
  const columns: Column[] = [];
  const finishing: Promise<void>[] = [];
  try {
    for (const driver of drivers) {
      signal.throwIfAborted();
      const column = await openColumn(driver, scenarios, { ...options, patience, grounds, signal });
      columns.push(column);
      for (const cell of column.settled) settle(cell);
      const { quiet, done } = askColumn(column, { concurrency, settle, hanging: hangsAfter(options.timers, driver) });
      finishing.push(done.then(() => column[Symbol.asyncDispose]()));
      await orAborted(signal, quiet);
    }
    await orAborted(signal, Promise.all(finishing));
  } finally {
    await Promise.all(columns.map((column) => column[Symbol.asyncDispose]()));
    await Promise.allSettled(finishing);
  }
  return cells;
}

/** Milliseconds after which a trial that is still under way waits for no timer any more, but for its client's patience. */
function hangsAfter(timers: Timers, { unit }: ProxyDriver): number {
  return 2 * Math.max(...Object.values(timersFor({}, timers, unit).plan));
}

/** Does not wait for what is under way when the signal comes: closing the scene under it ends it. */
async function orAborted(signal: AbortSignal, fact: Promise<unknown>): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    if (signal.aborted) abort();
    await Promise.race([aborted, fact]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
