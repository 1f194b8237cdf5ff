import { isDeepStrictEqual } from "node:util";
import type { Origin, RunFacts } from "./facts.ts";
import type { CellRecord, RunDocument } from "./json.ts";

/** A cell of one of the runs, with the seed that it ran with. */
interface Ran {
  readonly cell: CellRecord;
  readonly seed: number | undefined;
}

/**
 * Several saved runs as one: the shards of a run, or runs of other proxies. What was run twice with one seed counts
 * once, as the latest run has it. Where a proxy took part in several versions, each has a column of its own; where the
 * runs had other timers, or were asked for by other commands, each cell tells those of its own.
 * @param runs at least one
 */
export function mergeRuns(runs: readonly RunDocument[]): RunDocument {
  const [first, ...others] = runs.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  if (!first) throw new RangeError("wanted at least one run, got none");
  if (others.length === 0) return first;
  const all = [first, ...others];
  const alike = all.every((run) => isDeepStrictEqual(originOf(run), originOf(first)));
  const told = alike ? all : all.map(withOrigins);
  const cells = inOrder(latest(told.flatMap((run) => versioned(seeded(run), all))));
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
    ...vendorsAndColumns(all),
    absent: [...absent.values()].filter((absence) => !present.has(columnOf(absence))),
    scenarios: [...scenarios.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    cells,
  };
}

function columnOf({ driver, via }: Pick<CellRecord, "driver" | "via">): string {
  return `${driver} ${via}`;
}

function rowOf(cell: CellRecord): string {
  return `${cell.scenario} ${cell.remedied} ${columnOf(cell)}`;
}

/** What only some runs have: profiles imitate a vendor each, and not every run has noted what its columns took. */
function vendorsAndColumns(runs: readonly RunFacts[]): Pick<RunFacts, "vendors" | "columns"> {
  const vendors = new Map(runs.flatMap(({ vendors = [] }) => vendors).map((vendor) => [vendor.driver, vendor]));
  const columns = runs.flatMap(({ columns = [] }) => columns);
  return {
    ...(vendors.size > 0 && { vendors: [...vendors.values()] }),
    ...(columns.length > 0 && { columns }),
  };
}

function originOf({ timers, command }: RunFacts): Origin {
  return { timers, ...(command !== undefined && { command }) };
}

function withOrigins(run: RunDocument): RunDocument {
  return { ...run, cells: run.cells.map((cell) => ({ origin: originOf(run), ...cell })) };
}

/** What came to nothing before there was a trial ran with a seed of its run that no trial of its row has. */
function seeded({ cells, seed, repeat }: RunDocument): Ran[] {
  return [...Map.groupBy(cells, rowOf).values()].flatMap((row) => {
    const taken = new Set(row.map(({ trial }) => trial?.seed));
    const left = Array.from({ length: repeat }, (_, index) => seed + index).filter((each) => !taken.has(each));
    return row.map((cell) => ({ cell, seed: cell.trial?.seed ?? left.shift() }));
  });
}

/** `nginx` is called `nginx@1.28.0` where there are cells of another nginx beside it. */
function versioned(ran: readonly Ran[], runs: readonly RunDocument[]): Ran[] {
  const versions = Map.groupBy(
    runs.flatMap((run) => run.cells).filter(({ trial }) => trial !== undefined),
    columnOf,
  );
  return ran.map(({ cell, seed }) => {
    const among = new Set(versions.get(columnOf(cell))?.map(({ trial }) => trial?.version));
    if (among.size < 2 || !cell.trial || cell.driver.includes("@")) return { cell, seed };
    return { cell: { ...cell, driver: `${cell.driver}@${cell.trial.version}` }, seed };
  });
}

/** With each seed the last; what one machine could not try gives way to what another could. */
function latest(ran: readonly Ran[]): CellRecord[] {
  return [...Map.groupBy(ran, ({ cell }) => rowOf(cell)).values()].flatMap((row) => {
    const telling = row.filter(({ cell }) => tellsSomething(cell));
    const kept = telling.length > 0 ? new Map(telling.map((each) => [each.seed, each])).values() : row.slice(-1);
    return [...kept].map(({ cell }) => cell);
  });
}

/** A proxy that did not start has failed, and a trial that cannot be read is void, though there is none. */
function tellsSomething({ trial, verdict: { kind } }: CellRecord): boolean {
  return trial !== undefined || kind === "fail" || kind === "void";
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
