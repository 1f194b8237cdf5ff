import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import { type AskedColumn, asked } from "./asked-column.ts";
import { calm } from "./calm.ts";
import { type ColumnOptions, type ColumnTrial, openColumn } from "./column.ts";
import type { Group } from "./groups.ts";

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
  await using asking = new AsyncDisposableStack();
  const { settled, trials, took } = asking.use(await openColumn(group, options));
  const opened = performance.now();
  for (const cell of settled) settle(cell);

  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const ask = async ({ perform }: ColumnTrial) => {
    await beginning(calm);
    for (const cell of await perform()) settle(cell);
  };
  const askAll = (some: readonly ColumnTrial[]) => Promise.all(some.map((trial) => limit(() => ask(trial))));
  const long = askAll(trials.long);
  long.catch(() => {}); // `finish` hears of it
  const others = async () => {
    for (const turn of [trials.prompt, trials.timed]) await askAll(turn);
    for (const { perform } of trials.alone) for (const cell of await perform()) settle(cell);
  };
  await orAborted(options.signal, others());
  return asked({ group, took, opened, long, open: asking.move(), signal: options.signal });
}
