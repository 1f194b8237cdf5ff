import type { CellRecord, RunDocument } from "./json.ts";

/**
 * Several saved runs as one: the shards of a run, or runs of other proxies. What was run twice with one seed counts
 * once, as the latest run has it. Where a proxy took part in several versions, each has a column of its own.
 * @param runs at least one
 */
export function mergeRuns(runs: readonly RunDocument[]): RunDocument {
  const [first, ...others] = runs.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  if (!first) throw new RangeError("wanted at least one run, got none");
  if (others.length === 0) return first;
  const all = [first, ...others];
  const cells = inOrder(latest(all.flatMap((run) => versioned(run.cells, all))));
  const present = new Set(cells.map(columnOf));
  const absent = new Map(all.flatMap((run) => run.absent).map((absence) => [columnOf(absence), absence]));
  const scenarios = new Map(all.flatMap((run) => run.scenarios).map((scenario) => [scenario.id, scenario]));
  const each = (fact: (run: RunDocument) => string) => [...new Set(all.map(fact))].join(", ");
  return {
    ...first,
    badgateway: each((run) => run.badgateway),
    node: each((run) => run.node),
    platform: each((run) => run.platform),
    seed: Math.min(...all.map(({ seed }) => seed)),
    repeat: Math.max(...all.map(({ repeat }) => repeat)),
    took: all.reduce((sum, { took }) => sum + took, 0),
    absent: [...absent.values()].filter((absence) => !present.has(columnOf(absence))),
    scenarios: [...scenarios.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    cells,
  };
}

function columnOf({ driver, via }: Pick<CellRecord, "driver" | "via">): string {
  return `${driver} ${via}`;
}

/** `nginx` is called `nginx@1.28.0` where there are cells of another nginx beside it. */
function versioned(cells: readonly CellRecord[], runs: readonly RunDocument[]): CellRecord[] {
  const versions = Map.groupBy(
    runs.flatMap((run) => run.cells).filter(({ trial }) => trial !== undefined),
    columnOf,
  );
  return cells.map((cell) => {
    const among = new Set(versions.get(columnOf(cell))?.map(({ trial }) => trial?.version));
    if (among.size < 2 || !cell.trial || cell.driver.includes("@")) return cell;
    return { ...cell, driver: `${cell.driver}@${cell.trial.version}` };
  });
}

/** Of the same trial the last; of a cell that one machine could not try and another could, the trial. */
function latest(cells: readonly CellRecord[]): CellRecord[] {
  const rows = Map.groupBy(cells, (cell) => `${cell.scenario} ${cell.remedied} ${columnOf(cell)}`);
  return [...rows.values()].flatMap((row) => {
    const tried = row.filter(({ trial }) => trial !== undefined);
    if (tried.length === 0) return row.slice(-1);
    return [...new Map(tried.map((cell) => [cell.trial?.seed, cell])).values()];
  });
}

/** By scenario, its remedied form behind it; the columns as they first came. */
function inOrder(cells: readonly CellRecord[]): CellRecord[] {
  const columns = [...new Set(cells.map(columnOf))];
  const column = (cell: CellRecord) => columns.indexOf(columnOf(cell));
  return cells.toSorted(
    (a, b) =>
      a.scenario.localeCompare(b.scenario, "en") ||
      Number(a.remedied ?? false) - Number(b.remedied ?? false) ||
      column(a) - column(b) ||
      (a.trial?.seed ?? 0) - (b.trial?.seed ?? 0),
  );
}
