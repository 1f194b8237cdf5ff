import { normalize } from "node:path";
import type { z } from "zod";
import type { Trial } from "../trial.ts";
import type { CellRecord, RunDocument } from "./json.ts";
import { runShape } from "./run-shape.ts";
import { trialShape } from "./trial-shape.ts";

/** `run.json`: the trials stand in files of their own. */
type SavedRun = Omit<RunDocument, "cells"> & { cells: readonly SavedCell[] };
type SavedCell = Omit<CellRecord, "trial"> & { file?: string };

export interface LoadedRun {
  readonly run: RunDocument;
  /** What is wrong with which trial's file. Its cell is void: what came is not known. */
  readonly problems: readonly string[];
}

/**
 * Puts a saved run together again.
 * @param read gives the text of a file in the run's folder
 * @throws Error when `run.json` cannot be read, naming it, and what was wanted and came
 */
export async function loadRun(read: (file: string) => Promise<string>): Promise<LoadedRun> {
  const { cells, ...facts } = parse<SavedRun>(runShape, await read("run.json"), "run.json");
  const problems: string[] = [];
  const loaded = cells.map(async ({ file, ...record }): Promise<CellRecord> => {
    if (file === undefined) return record;
    try {
      return { ...record, trial: await loadTrial(file, record, read) };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      problems.push(problem);
      return { ...record, verdict: { kind: "void", why: [`the trial cannot be read: ${problem}`] } };
    }
  });
  return { run: { ...facts, cells: await Promise.all(loaded) }, problems };
}

async function loadTrial(file: string, cell: SavedCell, read: (file: string) => Promise<string>): Promise<Trial> {
  if (/^(\.\.|[/\\]|\w:)/.test(normalize(file))) throw new Error(`${file}: wanted a file below the run's folder`);
  const trial = parse<Trial>(trialShape, await read(file), file);
  for (const key of ["scenario", "remedied", "driver", "via"] as const) {
    if (trial[key] === cell[key]) continue;
    throw new Error(`${file} is of another trial: ${key} is ${trial[key]}, wanted ${cell[key]}`);
  }
  return trial;
}

function parse<T>(shape: z.ZodType, text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: wanted JSON, got text that is none (${error instanceof Error ? error.message : error})`);
  }
  const read = shape.safeParse(value);
  if (read.success) return value as T;
  const issues = read.error.issues.map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  throw new Error(`${file} is not of a saved run: ${issues.slice(0, 3).join("; ")}`);
}
