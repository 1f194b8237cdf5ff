import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cell } from "../harness/lab.ts";
import { label } from "../harness/remedy.ts";
import type { Verdict } from "../harness/verdict.ts";

/** A cell that was run as an ordinary user, with its explanation where it did not pass. */
export interface CellOfNobody extends Verdict {
  readonly id: string;
  readonly driver: string;
  readonly via: string;
  readonly text: string;
}

/** The scenario cannot be shown as root, whose doors are all open. */
export function needsNobody({ verdict }: Cell): boolean {
  return verdict.kind === "skipped" && process.getuid?.() === 0 && /unprivileged user/.test(verdict.why.join());
}

/** Runs what root cannot show as the user nobody; finds the result of each cell. */
export async function runAsNobody(cells: readonly Cell[]): Promise<(cell: Cell) => CellOfNobody | undefined> {
  const needing = cells.filter(needsNobody);
  const ids = [...new Set(needing.map(({ scenario }) => scenario.id))];
  const ways = [...new Set(needing.map(({ driver }) => `--driver=${driver.name}/${driver.via}`))];
  if (ids.length === 0) return () => undefined;
  const script = join(import.meta.dirname, "fixtures", "as-nobody.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...ids, ...ways], { timeout: 240_000 });
  const found: CellOfNobody[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return ({ scenario, driver }) =>
    found.find(({ id, driver: name, via }) => id === label(scenario) && name === driver.name && via === driver.via);
}
