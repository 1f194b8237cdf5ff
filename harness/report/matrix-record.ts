import type { Via } from "../driver.ts";
import { type Evidence, evidenceOf } from "../evidence.ts";
import type { Timers } from "../plan.ts";
import { label } from "../remedy.ts";
import type { NamedScenario } from "../scenario.ts";
import type { CellRecord, RunDocument } from "./json.ts";

/** The matrix as it was measured: what the judge reads of each trial, so that every row of a dialect can be held against it. */
export interface MatrixRecord {
  readonly format: 1;
  readonly date: string;
  /** Every set of timers that some trial had. */
  readonly timers: readonly Timers[];
  readonly columns: readonly MatrixColumn[];
}

export interface MatrixColumn {
  readonly driver: string;
  readonly via: Via;
  readonly version: string;
  /** By `label`: what was not asked, or could not be, has none. */
  readonly cells: Readonly<Record<string, CellEvidence>>;
}

/** Its timers by their place in the record. */
type CellEvidence = Omit<Evidence, "version" | "plan"> & { readonly timers: number };

/** @param scenarios those of the run, with their remedies */
export function matrixRecord({ date, cells }: RunDocument, scenarios: readonly NamedScenario[]): MatrixRecord {
  const byLabel = new Map(scenarios.map((scenario) => [label(scenario), scenario]));
  const timers: string[] = [];
  const placeOf = (set: Timers) => {
    const text = JSON.stringify(set);
    if (!timers.includes(text)) timers.push(text);
    return timers.indexOf(text);
  };
  const columns = [...Map.groupBy(cells, ({ driver, via }) => `${driver} ${via}`).values()].flatMap((column) => {
    const evidence = column.flatMap((cell) => evidenceIn(cell, byLabel.get(labelOf(cell))));
    const [first] = column;
    const [version] = evidence.map(([, { version }]) => version);
    if (!first || version === undefined) return [];
    const told = evidence.map(([name, { version: _, plan, ...rest }]) => [
      name,
      { timers: placeOf(plan.timers), ...rest },
    ]);
    return { driver: first.driver, via: first.via, version, cells: Object.fromEntries(told) };
  });
  return { format: 1, date, timers: timers.map((text) => JSON.parse(text)), columns };
}

function evidenceIn(cell: CellRecord, scenario: NamedScenario | undefined): [string, Evidence][] {
  return cell.trial && scenario ? [[label(scenario), inWholeMilliseconds(evidenceOf(scenario, cell.trial))]] : [];
}

function inWholeMilliseconds({ exchanges, ...evidence }: Evidence): Evidence {
  const whole = exchanges.map((each) => ({ ...each, took: Math.round(each.took), sending: Math.round(each.sending) }));
  return { ...evidence, exchanges: whole };
}

function labelOf({ scenario: id, remedied }: CellRecord): string {
  return label({ id, ...(remedied && { remedied }) });
}

/** What the judge is given of a cell. */
export function evidenceFrom({ timers: sets }: MatrixRecord, { version }: MatrixColumn, cell: CellEvidence): Evidence {
  const { timers: place, ...evidence } = cell;
  const timers = sets[place];
  if (!timers) throw new RangeError(`the record has ${sets.length} sets of timers, wanted number ${place + 1}`);
  return { ...evidence, version, plan: { timers } };
}

/** As JSON with a line for each cell, so that two records can be compared line by line. */
export function matrixRecordText({ columns, ...facts }: MatrixRecord): string {
  const texts = columns.map(({ cells, ...column }) => {
    const lines = Object.entries(cells).map(([name, cell]) => `${JSON.stringify(name)}: ${JSON.stringify(cell)}`);
    return `${JSON.stringify(column).slice(0, -1)},"cells":{\n${lines.join(",\n")}\n}}`;
  });
  return `${JSON.stringify(facts).slice(0, -1)},"columns":[\n${texts.join(",\n")}\n]}\n`;
}
