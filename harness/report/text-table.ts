import { type AlignedCell, aligned } from "./aligned.ts";
import { fits } from "./lines.ts";
import type { View } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { departureMark, driverName, milliseconds, outcomesText, proxyTitle, signOf } from "./words.ts";

/**
 * Scenarios × proxies: what came, when, and the verdict. Where the terminal is too narrow for all proxies side by side
 * they stand below each other.
 */
export function textTable(cells: readonly ReportCell[], view: View): string {
  const grid = sideBySide(cells, view);
  return fits(grid, view.width) ? grid : belowEachOther(cells, view);
}

function sideBySide(cells: readonly ReportCell[], view: View): string {
  const columns = [...Map.groupBy(cells, ({ driver }) => driver)].map(([driver, column]) => ({
    driver,
    title: view.paint("bold", proxyTitle(column)),
    texts: alignedCells(column, view),
  }));
  const families = familiesOf(cells).map((family) =>
    family.map((row) => [
      rowTitle(row, view),
      ...columns.map(({ driver, texts }) =>
        row.map((cell) => (cell.driver === driver ? texts.get(cell) : "")).join(""),
      ),
    ]),
  );
  return aligned([["", ...columns.map(({ title }) => title)], ...families.flatMap((rows) => [[""], ...rows])]);
}

function belowEachOther(cells: readonly ReportCell[], view: View): string {
  const texts = alignedCells(cells, view, ({ driver }) => [driverName(driver)]);
  const families = familiesOf(cells).map((family) =>
    family.map((row) => [rowTitle(row, view), ...row.map((cell) => `    ${texts.get(cell)}`)].join("\n")),
  );
  return families.map((rows) => rows.join("\n")).join("\n\n");
}

/** The text of each cell, aligned with all the others: what leads it, sign, outcome, time. */
function alignedCells(
  cells: readonly ReportCell[],
  view: View,
  lead: (cell: ReportCell) => readonly string[] = () => [],
): ReadonlyMap<ReportCell, string> {
  const lines = aligned(cells.map((cell) => [...lead(cell), ...cellTexts(cell, view)])).split("\n");
  return new Map(cells.map((cell, index) => [cell, lines[index] ?? ""]));
}

/** Families of rows; one row for each scenario, and one below it for its remedied form. */
function familiesOf(cells: readonly ReportCell[]): ReportCell[][][] {
  const families = Map.groupBy(cells, ({ scenario }) => scenario.id.split("/")[0]);
  return [...families.values()].map((family) => [
    ...Map.groupBy(family, ({ scenario }) => `${scenario.id} ${scenario.remedied}`).values(),
  ]);
}

function rowTitle([cell]: readonly ReportCell[], { paint }: View): string {
  if (cell?.scenario.remedied) return paint("dim", "  ↳ remedied");
  return cell?.scenario.id ?? "";
}

/** Sign, outcome and time. */
function cellTexts({ verdict, trial }: ReportCell, { paint }: View): [string, string, AlignedCell] {
  const exchanges = trial?.exchanges ?? []; // of a trial that was spoiled there may be none
  const asked = exchanges.length > 0;
  const outcome = asked ? outcomesText(exchanges) + departureMark(verdict) : paint("dim", verdict.kind);
  const time = asked ? milliseconds(Math.max(...exchanges.map(({ took }) => took))) : "";
  return [signOf(verdict.kind, paint), outcome, { text: paint("dim", time), align: "right" }];
}
