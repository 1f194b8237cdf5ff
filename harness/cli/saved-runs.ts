import { glob, readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { messageOf } from "../net/message-of.ts";
import type { RunDocument } from "../report/json.ts";
import { loadRun } from "../report/saved-run.ts";
import { UsageError } from "./usage.ts";

export interface SavedRuns {
  readonly runs: readonly RunDocument[];
  /** What could not be read, by file, and why. */
  readonly problems: readonly string[];
}

/**
 * Reads every saved run in some folders or below them, each once.
 * @throws UsageError for a folder that is none
 */
export async function readRuns(folders: readonly string[]): Promise<SavedRuns> {
  const runs: RunDocument[] = [];
  const problems: string[] = [];
  const found = new Map<string, string>();
  for (const folder of folders) {
    const places = await runsBelow(folder);
    if (places.length === 0) problems.push(`${folder}: no run.json in it or below it`);
    for (const place of places) found.set(resolve(place), place);
  }
  for (const place of found.values()) {
    try {
      const loaded = await loadRun((file) => readFile(join(place, file), "utf8"));
      runs.push(loaded.run);
      problems.push(...loaded.problems.map((problem) => `${place}/${problem}`));
    } catch (error) {
      problems.push(`${place}: ${messageOf(error)}`);
    }
  }
  return { runs, problems };
}

async function runsBelow(folder: string): Promise<string[]> {
  const entry = await stat(folder).catch(() => undefined);
  if (!entry?.isDirectory()) throw new UsageError(`report: wanted the folder of a saved run; ${folder} is none`);
  const places: string[] = [];
  const exclude = (path: string) => path.endsWith("node_modules");
  for await (const path of glob("**/run.json", { cwd: folder, exclude })) places.push(dirname(join(folder, path)));
  return places.sort();
}
