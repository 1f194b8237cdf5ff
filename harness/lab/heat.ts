import type { Cell } from "../lab.ts";
import { type Limiter, limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import { calm } from "./calm.ts";
import { type ColumnOptions, type ColumnTimes, type ColumnTrial, openColumn } from "./column.ts";
import type { Group } from "./groups.ts";

/** A column that has been asked all that must have the machine for itself. */
export interface AskedColumn {
  /** Waits until its last cell is settled, or the run is broken off, and closes it when it gets the machine again. */
  finish(machine: Limiter): Promise<ColumnTimes>;
}

/**
 * Opens a column and asks everything in the order of turns. Resolves when only those are left that take long.
 * @throws the signal's reason when the run is broken off; the column is closed then
 */
export async function askColumn(
  group: Group,
  concurrency: number,
  options: ColumnOptions,
  settle: (cell: Cell) => void,
): Promise<AskedColumn> {
  const [{ name: driver, via }] = group.drivers;
  await using asking = new AsyncDisposableStack();
  const { settled, trials, took } = asking.use(await openColumn(group, options));
  const opened = performance.now();
  for (const cell of settled) settle(cell);

  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const ask = async (trial: ColumnTrial) => {
    await beginning(calm);
    for (const cell of await trial()) settle(cell);
  };
  const askAll = (some: readonly ColumnTrial[]) => Promise.all(some.map((trial) => limit(() => ask(trial))));
  const long = askAll(trials.long);
  long.catch(() => {}); // `finish` hears of it
  const others = async () => {
    for (const turn of [trials.prompt, trials.timed]) await askAll(turn);
    for (const trial of trials.alone) for (const cell of await trial()) settle(cell);
  };
  await orAborted(options.signal, others());

  const asked = performance.now();
  const open = asking.move();
  return {
    async finish(machine) {
      let over = asked;
      let closing = asked;
      try {
        await orAborted(options.signal, long);
      } catch (error) {
        if (!options.signal.aborted) throw error;
      } finally {
        over = performance.now();
        await machine(() => {
          closing = performance.now();
          return open.disposeAsync();
        });
      }
      return { driver, via, ...took, run: asked - opened, rest: over - asked, stop: performance.now() - closing };
    },
  };
}
