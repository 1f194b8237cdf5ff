import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { orAborted } from "../net/or-aborted.ts";
import { type AskedColumn, asked } from "./asked-column.ts";
import { calm } from "./calm.ts";
import { type ColumnOptions, type ColumnTrial, openColumn } from "./column.ts";
import type { Group } from "./groups.ts";
import { halves } from "./halves.ts";

/** Trials that are begun one after the other, as the event loop comes to rest. */
interface Asking {
  readonly begun: Promise<unknown>;
  readonly over: Promise<unknown>;
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
  await using asking = new AsyncDisposableStack();
  const { settled, trials, sound, took } = asking.use(await openColumn(group, options));
  const opened = performance.now();
  for (const cell of settled) settle(cell);

  const limit = limiter(concurrency);
  const beginning = limiter(1);
  const ask = (some: readonly ColumnTrial[]): Asking => {
    const begun = some.map(() => Promise.withResolvers<void>());
    const over = some.map(({ perform }, index) =>
      limit(async () => {
        await beginning(calm);
        begun[index]?.resolve();
        for (const cell of await perform()) settle(cell);
      }),
    );
    const all = Promise.all(over);
    all.catch(() => {}); // whoever waits for it hears of it, perhaps later
    return { begun: Promise.all(begun.map(({ promise }) => promise)), over: all };
  };
  const long = ask(trials.long).over;
  const others = async () => {
    const [heavy, light] = halves(trials.prompt, ({ scenario }) => scenario.upstreams.some(({ openAll }) => openAll));
    const [laboured, waited] = [ask(heavy), ask(light)];
    // What has begun and waits costs nothing: no clock runs late for it.
    await Promise.all([sound, laboured.over, waited.begun]);
    await Promise.all([laboured.over, waited.over, ask(trials.timed).over]);
    for (const { perform } of trials.alone) for (const cell of await perform()) settle(cell);
  };
  await orAborted(options.signal, others());
  return asked({ group, took, opened, long, open: asking.move(), signal: options.signal });
}
