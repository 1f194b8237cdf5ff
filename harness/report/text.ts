import type { Trial } from "../trial.ts";
import { aligned } from "./aligned.ts";
import { distributions, telling, together } from "./distribution.ts";
import { explain } from "./explain.ts";
import type { RunFacts } from "./facts.ts";
import { fits, hanging, paragraph } from "./lines.ts";
import type { View } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { departures, withoutTrial } from "./text-reasons.ts";
import { textRepeated } from "./text-repeated.ts";
import { textScales } from "./text-scale.ts";
import { textTable } from "./text-table.ts";
import { counted, plural, proxyTitle, signOf, worst } from "./words.ts";

export interface TextView extends View {
  /** How far answers are from their timers, where that is wanted. */
  readonly timing?: string;
}

/** A run as a person reads it: the table, what is behind it, and the sum. A pure function of what the lab gave. */
export function textReport(cells: readonly ReportCell[], facts: RunFacts, view: TextView): string {
  const repeated = distributions(cells);
  const rows = repeated.map(together);
  const wanting = repeated
    .map(telling)
    .filter(hasTrial)
    .filter(({ verdict }) => verdict.kind === "fail" || verdict.kind === "void");
  const parts = [
    textTable(rows, view),
    departures(rows, view),
    ...wanting.map((cell) => explain(cell, view, facts)),
    view.timing ?? "",
    textRepeated(repeated, view),
    withoutTrial(rows, facts, view),
    textScales(facts, view),
    summary(cells, facts, view),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function hasTrial(cell: ReportCell): cell is ReportCell & { trial: Trial } {
  return cell.trial !== undefined;
}

function summary(cells: readonly ReportCell[], { took, seed, repeat }: RunFacts, { paint, width }: View): string {
  const columns = [...Map.groupBy(cells, ({ driver }) => driver).values()];
  const rows = columns.map((column) => {
    const verdicts = column.map(({ verdict }) => verdict);
    return [`${signOf(worst(verdicts), paint)} ${paint("bold", proxyTitle(column))}`, counted(verdicts, paint)];
  });
  const seeds = repeat > 1 ? `seeds ${seed} to ${seed + repeat - 1}` : `seed ${seed}`;
  const trials = `${plural(cells.filter(hasTrial).length, "trial")} in ${(took / 1000).toFixed(1)} s, ${seeds}`;
  const sums = aligned(rows);
  const fitting = fits(sums, width) ? sums : rows.map((row) => hanging(row.join(": "), 2, width)).join("\n");
  return `${fitting}\n${paint("dim", paragraph(trials, 2, width))}`;
}
