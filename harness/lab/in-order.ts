import type { Cell, RunOptions } from "../lab.ts";

/** The cells in the order of scenarios and drivers, not in the order in which they were settled. */
export function inOrder(
  cells: readonly Cell[],
  { scenarios, drivers }: Pick<RunOptions, "scenarios" | "drivers">,
): Cell[] {
  const rank = ({ scenario, driver }: Cell) => scenarios.indexOf(scenario) * drivers.length + drivers.indexOf(driver);
  return cells.toSorted((a, b) => rank(a) - rank(b));
}
