import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadScenarios } from "../folder.ts";
import { crossWalkPage } from "../report/cross-walk.ts";
import type { CellRecord, RunDocument } from "../report/json.ts";
import { matrixPage } from "../report/matrix.ts";
import { loadRun } from "../report/saved-run.ts";
import { UsageError } from "./usage.ts";

export interface MatrixOptions {
  readonly format: string;
}

const formats: Readonly<Record<string, (run: RunDocument) => string | Promise<string>>> = {
  markdown: matrixPage,
  "cross-walk": async ({ cells }) => crossWalkPage(cells, await loadScenarios()),
  json: (run) => `${JSON.stringify(run, undefined, 2)}\n`,
};

/**
 * Prints the matrix of a saved run, or of several: where they have the same cell, the later one's counts.
 * @throws UsageError when a folder holds none
 */
export async function matrixCommand(folders: readonly string[], { format }: MatrixOptions): Promise<number> {
  const write = formats[format];
  if (!write) throw new UsageError(`--format: wanted ${Object.keys(formats).join(" or ")}; got “${format}”`);
  process.stdout.write(await write(together(await Promise.all(folders.map(runIn)))));
  return 0;
}

function together(runs: readonly RunDocument[]): RunDocument {
  const [first] = runs;
  if (!first) throw new UsageError("matrix: wanted the folder of a saved run, got none");
  if (runs.length === 1) return first;
  const cells = runs.flatMap(({ cells }) => cells);
  return { ...first, cells: [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()] };
}

function keyOf({ driver, via, scenario, remedied }: CellRecord): string {
  return [driver, via, scenario, remedied ? "remedied" : ""].join(" ");
}

async function runIn(folder: string): Promise<RunDocument> {
  try {
    return await loadRun((file) => readFile(join(folder, file), "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new UsageError(`matrix ${folder}: wanted the folder of a saved run (badgateway run --save DIR); ${why}`);
  }
}
