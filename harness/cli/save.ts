import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Cell } from "../lab.ts";
import { messageOf } from "../net/message-of.ts";
import type { RunFacts } from "../report/facts.ts";
import { type CellRecord, runDocument } from "../report/json.ts";
import { columnId } from "../report/words.ts";
import { UsageError } from "./usage.ts";

/**
 * Makes sure, before anything starts, that a folder can be written.
 * @throws UsageError when it cannot
 */
export async function openSaveFolder(folder: string, option = "--save"): Promise<void> {
  const probe = join(folder, ".badgateway");
  try {
    await mkdir(folder, { recursive: true });
    await (await open(probe, "w")).close();
    await rm(probe);
  } catch (error) {
    throw new UsageError(`${option} ${folder}: wanted a folder that can be written; ${messageOf(error)}`);
  }
}

/** Writes each trial to a file of its own, and `run.json`, which tells of the run and names the files that are of it. */
export async function saveRun(folder: string, cells: readonly Cell[], facts: RunFacts): Promise<void> {
  const run = runDocument(cells, facts);
  const records = await Promise.all(
    run.cells.map(async ({ trial, ...record }) => {
      if (!trial) return record;
      const file = fileOf(record, trial.seed === facts.seed ? "" : `.seed-${trial.seed}`);
      await writeJson(join(folder, file), trial);
      return { ...record, file };
    }),
  );
  await writeJson(join(folder, "run.json"), { ...run, cells: records });
}

/** `nginx-container/slow/no-answer.remedied.json`; `nginx/slow/no-answer.seed-3.json` for a further run. */
function fileOf(cell: Omit<CellRecord, "trial">, further: string): string {
  return `${columnId(cell)}/${cell.scenario}${cell.remedied ? ".remedied" : ""}${further}.json`;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}
