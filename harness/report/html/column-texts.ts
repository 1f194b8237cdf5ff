import type { Cause } from "../../cause.ts";
import type { TimerName } from "../../plan.ts";
import { claimsText } from "../claim.ts";
import { againCommand } from "../command.ts";
import { type Distribution, telling } from "../distribution.ts";
import type { CellRecord, RunDocument } from "../json.ts";
import { outcomesText } from "../words.ts";
import type { CellText, ColumnTexts } from "./data.ts";
import { type Bounds, recordText } from "./record-text.ts";

/** A cell of the matrix: all runs of one scenario on one proxy. */
export interface Tile {
  readonly distribution: Distribution;
  /** The cell that says most about them, as it was saved. */
  readonly record: CellRecord;
}

/** `slow/late-answer`, or `slow/late-answer.remedied`: as in links. */
export function rowId({ scenario, remedied }: Pick<CellRecord, "scenario" | "remedied">): string {
  return remedied ? `${scenario}.remedied` : scenario;
}

export function columnTexts(tiles: readonly Tile[], run: RunDocument, bounds: Bounds): ColumnTexts {
  const faults = new Map(run.scenarios.map((scenario) => [scenario.id, scenario]));
  return Object.fromEntries(
    tiles.map((tile) => {
      const fault = faults.get(tile.record.scenario);
      const at = tile.record.remedied ? undefined : fault?.at;
      return [rowId(tile.record), cellText(tile, { run, causes: fault?.causes ?? [], at, bounds })];
    }),
  );
}

interface Context {
  readonly run: RunDocument;
  readonly causes: readonly Cause[];
  readonly at: TimerName | undefined;
  readonly bounds: Bounds;
}

function cellText({ distribution, record }: Tile, { run, causes, at, bounds }: Context): CellText {
  const { verdict, departure, trial } = record;
  const timer = departure?.at ?? at;
  const cell = telling(distribution);
  return {
    kind: verdict.kind,
    got: gotText(distribution),
    ...(distribution.cells.length > 1 && { runs: distribution.cells.length }),
    why: verdict.why,
    departs: verdict.departs ?? [],
    ...(departure && { claim: claimsText(departure.claims, causes) }),
    ...(departure?.at && { at: departure.at }),
    again: againCommand(cell, run),
    ...(distribution.alike.size > 1 && { varies: variants(distribution) }),
    ...(trial && { record: recordText(trial, timer === "never" ? undefined : timer, bounds) }),
  };
}

/** What the client got, in all runs. */
export function gotText({ cells }: Distribution): string {
  return outcomesText(cells.flatMap(({ trial }) => trial?.exchanges ?? []));
}

function variants({ cells, alike }: Distribution): NonNullable<CellText["varies"]> {
  return [...alike].map(([got, group]) => ({
    runs: `${group.length} of ${cells.length}`,
    got,
    seed: group[0]?.trial?.seed ?? 0,
  }));
}
