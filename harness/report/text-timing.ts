import { expectationOf } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import { label } from "../remedy.ts";
import { type AlignedCell, aligned } from "./aligned.ts";
import { fits, hanging, paragraph } from "./lines.ts";
import type { View } from "./paint.ts";
import { plural, proxyTitle } from "./words.ts";

interface Lateness {
  readonly cell: Cell;
  readonly timer: string;
  readonly took: number;
  readonly late: number;
}

/** How far each answer that comes at a timer is from it: the latest first. */
export function textTiming(cells: readonly Cell[], view: View): string {
  const columns = Map.groupBy(cells, ({ driver }) => driver).values();
  return [...columns].map((column) => columnTiming(column, view)).join("\n\n");
}

function columnTiming(column: readonly Cell[], { paint, width }: View): string {
  const measured = column.flatMap(latenessOf).sort((a, b) => b.late - a.late);
  const lates = measured.map(({ late }) => late);
  const spread = `${signed(median(lates))} in the median, ${signed(lates[0] ?? 0)} at most`;
  const sum = measured.length > 0 ? `${plural(lates.length, "answer")} at a timer, ${spread}` : "no answer at a timer";
  const rows = measured.map(({ cell, timer, took, late }) => [
    `  ${label(cell.scenario)}`,
    timer,
    right(`${took.toFixed(1)} ms`),
    right(signed(late)),
  ]);
  const table = rows.length > 0 ? aligned([["", "timer", right("took"), right("late")], ...rows]) : "";
  const lines = measured.map(({ cell, timer, late }) =>
    paragraph(`${label(cell.scenario)}: ${timer} ${signed(late)}`, 2, width),
  );
  return [hanging(`${paint("bold", proxyTitle(column))}: ${sum}`, 2, width), ...(fits(table, width) ? [table] : lines)]
    .join("\n")
    .trimEnd();
}

function latenessOf(cell: Cell): Lateness[] {
  const { scenario, driver, trial } = cell;
  if (!trial) return [];
  const { at } = expectationOf(scenario, driver.dialect, trial.version);
  if (at === undefined || at === "never") return [];
  const timer = Math.ceil(trial.plan.timers[at] / driver.unit) * driver.unit;
  return trial.exchanges
    .filter(({ outcome }) => outcome !== "clean" && !outcome.startsWith("relayed"))
    .map(({ took }) => ({ cell, timer: `${at} ${timer} ms`, took, late: took - timer }));
}

function median(ordered: readonly number[]): number {
  const middle = (ordered.length - 1) / 2;
  return ((ordered[Math.floor(middle)] ?? 0) + (ordered[Math.ceil(middle)] ?? 0)) / 2;
}

function right(text: string): AlignedCell {
  return { text, align: "right" };
}

function signed(time: number): string {
  return `${time < 0 ? "−" : "+"}${Math.abs(time).toFixed(1)} ms`;
}
