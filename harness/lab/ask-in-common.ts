import { availableParallelism } from "node:os";
import type { Cell } from "../lab.ts";
import { limiter } from "../net/limiter.ts";
import { openTogether } from "../net/open-together.ts";
import { orAborted } from "../net/or-aborted.ts";
import { type AskedColumn, asked } from "./asked-column.ts";
import { calm } from "./calm.ts";
import { type Column, type ColumnOptions, type ColumnTrial, openColumn } from "./column.ts";
import type { Group } from "./groups.ts";
import { Meeting } from "./meeting.ts";
import type { Turn } from "./turn.ts";

/**
 * Opens the columns of all drivers at once, which share what stands behind the upstreams, and asks scenario by scenario,
 * each of all drivers at the same time. Resolves when only those are left that take long.
 * @throws the signal's reason when the run is broken off; the columns are closed then
 */
export async function askInCommon(
  group: Group,
  options: ColumnOptions,
  settle: (cell: Cell) => void,
): Promise<AskedColumn> {
  const { drivers, scenarios } = group;
  const { signal } = options;
  const lacks = await Promise.all(drivers.map((driver) => driver.missing()));
  const meeting = new Meeting(lacks.filter((lack) => lack === undefined).length, signal);
  const common = { openScene: meeting.open, starting: limiter(availableParallelism()) };
  await using asking = new AsyncDisposableStack();
  const columns = await openTogether<Column[]>(
    asking,
    drivers.map((driver) => openColumn({ drivers: [driver], scenarios }, { ...options, common })),
  );
  const opened = performance.now();
  for (const cell of columns.flatMap(({ settled }) => settled)) settle(cell);

  const long: Promise<void>[] = [];
  const perform = async (trial: ColumnTrial) => {
    for (const cell of await trial.perform()) settle(cell);
  };
  const askAll = async (sets: readonly CommonTrial[][]) => {
    const short: Promise<void>[] = [];
    for (const set of sets) {
      await calm();
      for (const { turn, trial } of set) (turn === "long" ? long : short).push(perform(trial));
    }
    await Promise.all(short);
  };
  const [timed, others] = halves(setsOf(columns), (set) => set.some(({ turn }) => turn === "timed"));
  const short = askAll(others).then(() => askAll(timed));
  await orAborted(signal, short);
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

/** Those of which it is true, and the others. */
function halves<T>(all: readonly T[], of: (one: T) => boolean): [T[], T[]] {
  const { true: those = [], false: others = [] } = Object.groupBy(all, (one) => (of(one) ? "true" : "false"));
  return [those, others];
}
