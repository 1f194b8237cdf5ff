import { z } from "zod";
import type { Trial } from "../trial.ts";
import type { CellRecord, RunDocument } from "./json.ts";

const timers = z.record(z.string(), z.number());
const verdict = z.object({
  kind: z.enum(["pass", "fail", "void", "skipped", "inapplicable"]),
  why: z.array(z.string()),
  departs: z.array(z.string()).optional(),
});
const cell = z.object({
  scenario: z.string(),
  remedied: z.literal(true).optional(),
  title: z.string(),
  driver: z.string(),
  via: z.enum(["embedded", "local", "container"]),
  verdict,
  file: z.string().optional(),
});
const run = z.object({
  format: z.literal(1),
  badgateway: z.string(),
  node: z.string(),
  platform: z.string(),
  date: z.string(),
  seed: z.number(),
  repeat: z.number(),
  timers,
  took: z.number(),
  columns: z.array(z.looseObject({ driver: z.string(), via: cell.shape.via, run: z.number() })).optional(),
  absent: z.array(z.object({ driver: z.string(), via: cell.shape.via, missing: z.string() })),
  cells: z.array(cell),
});

/** What has to be there of a trial for it to be shown; the rest is taken as it was written. */
const trial = z.looseObject({
  format: z.literal(1),
  scenario: z.string(),
  driver: z.string(),
  version: z.string(),
  exchanges: z.array(z.looseObject({ outcome: z.string(), took: z.number() })),
  timeline: z.array(z.looseObject({ at: z.number(), who: z.string(), act: z.string() })),
  said: z.array(z.string()),
});

/** `run.json`: the trials stand in files of their own. */
type SavedRun = Omit<RunDocument, "cells"> & { cells: readonly (Omit<CellRecord, "trial"> & { file?: string })[] };

/**
 * Puts a saved run together again.
 * @param read gives the text of a file in the run's folder
 * @throws Error naming the file, and what was wanted and came
 */
export async function loadRun(read: (file: string) => Promise<string>): Promise<RunDocument> {
  const { cells, ...facts } = parse<SavedRun>(run, await read("run.json"), "run.json");
  const loaded = cells.map(
    async ({ file, ...record }): Promise<CellRecord> =>
      file === undefined ? record : { ...record, trial: parse<Trial>(trial, await read(file), file) },
  );
  return { ...facts, cells: await Promise.all(loaded) };
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
