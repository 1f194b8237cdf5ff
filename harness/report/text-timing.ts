import { expectationOf } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import { label } from "../remedy.ts";
import { type AlignedCell, aligned } from "./aligned.ts";
import type { View } from "./paint.ts";
import { plural, proxyTitle } from "./words.ts";

interface Lateness {
  readonly cell: Cell;
  readonly timer: string;
  readonly took: number;
  readonly late: number;
}

/** How far each answer that comes at a timer is from it: the latest first. */
export function textTiming(cells: readonly Cell[], { paint }: View): string {
  const measured = cells.flatMap(latenessOf).sort((a, b) => b.late - a.late);
  if (measured.length === 0) return "no answer came at a timer";
  const rows = measured.map(({ cell, timer, took, late }) => [
    label(cell.scenario),
    proxyTitle([cell]),
    timer,
    right(`${took.toFixed(1)} ms`),
    right(signed(late)),
  ]);
  const columns = [...Map.groupBy(measured, ({ cell }) => cell.driver).values()].map((column) => {
    const lates = column.map(({ late }) => late);
    const answers = plural(lates.length, "answer");
    const [latest = 0, middle = 0] = [lates[0], lates[Math.floor(lates.length / 2)]];
    return `${proxyTitle(column.map(({ cell }) => cell))}: ${answers} at a timer, ${signed(middle)} in the median, ${signed(latest)} at most`;
  });
  const head = ["", "", "timer", right("took"), right("late")];
  return [paint("bold", "timing"), aligned([head, ...rows]), ...columns].join("\n");
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

function right(text: string): AlignedCell {
  return { text, align: "right" };
}

function signed(time: number): string {
  return `${time < 0 ? "−" : "+"}${Math.abs(time).toFixed(1)} ms`;
}
