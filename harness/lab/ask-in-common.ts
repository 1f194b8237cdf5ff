import { availableParallelism } from "node:os";
import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { openTogether } from "../net/open-together.ts";
import { orAborted } from "../net/or-aborted.ts";
import { type AskedColumn, asked } from "./asked-column.ts";
import { calm } from "./calm.ts";
import { type Column, type ColumnOptions, type ColumnTrial, openColumn } from "./column.ts";
import type { Group } from "./groups.ts";
import { halves } from "./halves.ts";
import { Meeting } from "./meeting.ts";
import type { Turn } from "./turn.ts";

/** Milliseconds; several times what the slowest proxy takes, whose clock knows whole seconds. */
const patience = 30_000;

/**
 * Opens the columns of all drivers at once, which share what stands behind the upstreams, and asks scenario by scenario,
 * each of all drivers at the same time. Resolves when only those are left that take long.
 * @throws the signal's reason when the run is broken off; the columns are closed then
 */
export async function askInCommon(
  group: Group,
  concurrency: number,
  options: ColumnOptions,
  settle: (cell: Cell) => void,
): Promise<AskedColumn> {
  const { drivers, scenarios } = group;
  const { signal } = options;
  const lacks = await Promise.all(drivers.map((driver) => driver.missing()));
  const meeting = new Meeting(lacks.filter((lack) => lack === undefined).length, signal);
  const common = { beginScene: meeting.begin, starting: limiter(availableParallelism()), patience };
  await using asking = new AsyncDisposableStack();
  const columns = await openTogether<Column[]>(
    asking,
    drivers.map((driver) => openColumn({ drivers: [driver], scenarios }, { ...options, common })),
  );
  const opened = performance.now();
  for (const cell of columns.flatMap(({ settled }) => settled)) settle(cell);

  const long: Promise<void>[] = [];
  const short: Promise<void>[] = [];
  const perform = async (trial: ColumnTrial) => {
    for (const cell of await trial.perform()) settle(cell);
  };
  const limit = limiter(concurrency);
  /** Resolves when those that are not long have their first answers. */
  const ask = async (sets: readonly CommonTrial[][]) => {
    const answered: Promise<void>[] = [];
    for (const set of sets) {
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      void limit(async () => {
        await calm();
        const all = set.map(({ turn, trial }) => {
          const over = perform(trial);
          (turn === "long" ? long : short).push(over);
          if (turn !== "long") answered.push(Promise.race([trial.answered(), over.catch(() => {})]));
          return over;
        });
        begin();
        await Promise.allSettled(all); // who failed is heard of below
      });
      await begun;
    }
    await Promise.all(answered);
  };
  const [timed, others] = halves(setsOf(columns), (set) => set.some(({ turn }) => turn === "timed"));
  const all = async () => {
    await Promise.all(columns.map(({ sound }) => sound)); // what starts takes the processor from who waits for a timer
    await ask(timed); // some of them then have to wait for the slowest
    await ask(others);
    await Promise.all(short);
  };
  await orAborted(signal, all());
  const longest = (span: keyof Column["took"]) => Math.max(...columns.map(({ took }) => took[span]));
  const took = { backends: longest("backends"), start: longest("start") };
  return asked({ group, took, opened, long: Promise.all(long), open: asking.move(), signal });
}

/** One driver's trial among those that are begun together. */
interface CommonTrial {
  readonly turn: Turn;
  readonly trial: ColumnTrial;
}

/** For each scenario the trials of all drivers. */
function setsOf(columns: readonly Column[]): CommonTrial[][] {
  const trials = columns.flatMap(({ trials }) =>
    Object.entries(trials).flatMap(([turn, some]: [string, readonly ColumnTrial[]]) =>
      some.map((trial) => ({ turn: turn as Turn, trial })),
    ),
  );
  return [...Map.groupBy(trials, ({ trial }) => trial.scenario).values()];
}
