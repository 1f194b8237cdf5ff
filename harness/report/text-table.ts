import type { Cell } from "../lab.ts";
import { type AlignedCell, aligned } from "./aligned.ts";
import { columns } from "./lines.ts";
import type { View } from "./paint.ts";
import { driverName, milliseconds, outcomesText, proxyTitle, signOf } from "./words.ts";

/**
 * Scenarios × proxies: what came, when, and the verdict. Where the terminal is too narrow for all proxies side by side
 * they stand below each other.
 */
export function textTable(cells: readonly Cell[], view: View): string {
  const grid = sideBySide(cells, view);
  const width = Math.max(...grid.split("\n").map(columns));
  return view.width === undefined || width <= view.width ? grid : belowEachOther(cells, view);
}

function sideBySide(cells: readonly Cell[], view: View): string {
  const proxies = [...Map.groupBy(cells, ({ driver }) => driver)];
  const head = proxies.map(([, column]) => ({ text: view.paint("bold", proxyTitle(column)), span: 3 }));
  const families = familiesOf(cells).map((family) =>
    family.map((row) => [
      rowTitle(row, view),
      ...proxies.flatMap(([driver]) =>
        cellTexts(
          row.find((cell) => cell.driver === driver),
          view,
        ),
      ),
    ]),
  );
  return aligned([["", ...head], ...families.flatMap((rows) => [[""], ...rows])]);
}

function belowEachOther(cells: readonly Cell[], view: View): string {
  const names = new Set(cells.map(({ driver }) => driverName(driver)));
  const widest = Math.max(...[...names].map((name) => name.length));
  const rows = familiesOf(cells).flatMap((family) => [
    [""],
    ...family.flatMap((row) => [
      [{ text: rowTitle(row, view), span: 3 }],
      ...row.map((cell) => {
        const [sign, ...texts] = cellTexts(cell, view);
        return [`    ${sign} ${driverName(cell.driver).padEnd(widest)}`, ...texts];
      }),
    ]),
  ]);
  return aligned(rows.slice(1));
}

/** Families of rows; one row for each scenario, and one below it for its remedied form. */
function familiesOf(cells: readonly Cell[]): Cell[][][] {
  const families = Map.groupBy(cells, ({ scenario }) => scenario.id.split("/")[0]);
  return [...families.values()].map((family) => [
    ...Map.groupBy(family, ({ scenario }) => `${scenario.id} ${scenario.remedied}`).values(),
  ]);
}

function rowTitle([cell]: readonly Cell[], { paint }: View): string {
  if (cell?.scenario.remedied) return paint("dim", "  ↳ remedied");
  return cell?.scenario.id ?? "";
}

/** Sign, outcome and time. */
function cellTexts(cell: Cell | undefined, { paint }: View): [string, string, AlignedCell] {
  if (!cell) return ["", "", { text: "" }];
  const { verdict, trial } = cell;
  const departs = verdict.departs ? "*" : "";
  const outcome = trial ? outcomesText(trial.exchanges) + departs : paint("dim", verdict.kind);
  const time = trial ? milliseconds(Math.max(...trial.exchanges.map(({ took }) => took))) : "";
  return [signOf(verdict.kind, paint), outcome, { text: paint("dim", time), align: "right" }];
}
