import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Cell } from "../lab.ts";
import type { RunFacts } from "../report/facts.ts";
import { cellRecord } from "../report/json.ts";
import { UsageError } from "./usage.ts";

/**
 * Makes sure, before anything starts, that a folder can be written.
 * @throws UsageError when it cannot
 */
export async function openSaveFolder(folder: string): Promise<void> {
  const probe = join(folder, ".badgateway");
  try {
    await mkdir(folder, { recursive: true });
    await (await open(probe, "w")).close();
    await rm(probe);
  } catch (error) {
    throw new UsageError(`--save ${folder}: wanted a folder that can be written; ${messageOf(error)}`);
  }
}

/** Writes each trial to a file of its own, and `run.json`, which tells of the run and names the files that are of it. */
export async function saveRun(folder: string, cells: readonly Cell[], facts: RunFacts): Promise<void> {
  const records = await Promise.all(
    cells.map(async (cell) => {
      const { trial, ...record } = cellRecord(cell);
      if (!trial) return record;
      const file = fileOf(cell, trial.seed === facts.seed ? "" : `.seed-${trial.seed}`);
      await writeJson(join(folder, file), trial);
      return { ...record, file };
    }),
  );
  await writeJson(join(folder, "run.json"), { format: 1, ...facts, cells: records });
}

/** `nginx-container/slow/no-answer.remedied.json`; `nginx/slow/no-answer.seed-3.json` for a further run. */
function fileOf({ scenario, driver }: Cell, further: string): string {
  // A colon cannot stand in a name on every file system, nor in an artifact of every CI.
  const name = driver.name.replace(":", "-");
  const column = driver.via === "container" ? `${name}-container` : name;
  return `${column}/${scenario.id}${scenario.remedied ? ".remedied" : ""}${further}.json`;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
