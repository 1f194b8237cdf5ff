import type { Outcome } from "../outcome.ts";
import { label } from "../remedy.ts";
import type { ReportCell } from "./report-cell.ts";
import { outcomesText, worst } from "./words.ts";

/** What one scenario has given on one driver, run after run. */
export interface Distribution {
  /** One for each run. */
  readonly cells: readonly ReportCell[];
  /** How many exchanges of all runs had each outcome; the most frequent first. */
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** Runs that gave the same, by what they gave: `2× clean, 502`. One entry: it has never varied. */
  readonly alike: ReadonlyMap<string, readonly ReportCell[]>;
}

/** The cells of one run, or of several, by scenario and driver, in the order in which they first appear. */
export function distributions(cells: readonly ReportCell[]): Distribution[] {
  const drivers = [...new Set(cells.map(({ driver }) => driver))];
  const groups = Map.groupBy(cells, ({ scenario, driver }) => `${label(scenario)} ${drivers.indexOf(driver)}`);
  return [...groups.values()].map(distributionOf);
}

function distributionOf(cells: readonly ReportCell[]): Distribution {
  const tried = cells.filter(({ trial }) => trial !== undefined);
  const exchanges = tried.flatMap(({ trial }) => trial?.exchanges ?? []);
  const counts = [...Map.groupBy(exchanges, ({ outcome }) => outcome)].map(
    ([outcome, all]) => [outcome, all.length] as const,
  );
  return {
    cells,
    outcomes: new Map(counts.toSorted(([, a], [, b]) => b - a)),
    // By code points: to compare as people do, a language has to be loaded first.
    alike: Map.groupBy(tried, ({ trial }) =>
      outcomesText(
        (trial?.exchanges ?? []).toSorted((a, b) => (a.outcome < b.outcome ? -1 : Number(a.outcome > b.outcome))),
      ),
    ),
  };
}

/** The run that says most about all of them: the first that failed, if any did. */
export function telling({ cells }: Distribution): ReportCell {
  const kind = worst(cells.map(({ verdict }) => verdict));
  const cell = cells.find(({ verdict }) => verdict.kind === kind);
  if (!cell) throw new RangeError("wanted at least one cell, got none");
  return cell;
}

/** All runs as one cell: the verdict of the telling one, the exchanges of all. */
export function together(distribution: Distribution): ReportCell {
  const cell = telling(distribution);
  const exchanges = distribution.cells.flatMap(({ trial }) => trial?.exchanges ?? []);
  return cell.trial ? { ...cell, trial: { ...cell.trial, exchanges } } : cell;
}
