import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadScenarios } from "../folder.ts";
import { loadProfiles } from "../gateway/profile-catalogue.ts";
import { messageOf } from "../net/message-of.ts";
import { vendorWords } from "../proxies/profile/words.ts";
import { withRemedies } from "../remedy.ts";
import { crossWalkPage, type VendorWords } from "../report/cross-walk.ts";
import type { RunDocument } from "../report/json.ts";
import { matrixPage } from "../report/matrix.ts";
import { matrixRecord, matrixRecordText } from "../report/matrix-record.ts";
import { mergeRuns } from "../report/merge-runs.ts";
import { loadRun } from "../report/saved-run.ts";
import { UsageError } from "./usage.ts";

export interface MatrixOptions {
  readonly format: string;
}

const formats: Readonly<Record<string, (run: RunDocument) => string | Promise<string>>> = {
  markdown: matrixPage,
  "cross-walk": async ({ cells }) => crossWalkPage(cells, await loadScenarios(), await vendors()),
  evidence: async (run) => matrixRecordText(matrixRecord(run, withRemedies(await loadScenarios()))),
  json: (run) => `${JSON.stringify(run, undefined, 2)}\n`,
};

async function vendors(): Promise<VendorWords[]> {
  const profiles = await loadProfiles();
  return profiles.map((profile) => ({ name: profile.name, wordsFor: (cause) => vendorWords(profile, cause) }));
}

/**
 * Prints the matrix of a saved run, or of several: what was run twice counts as the latest has it.
 * @throws UsageError when a folder holds none
 */
export async function matrixCommand(folders: readonly string[], { format }: MatrixOptions): Promise<number> {
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (!write) throw new UsageError(`--format: wanted ${Object.keys(formats).join(" or ")}; got “${format}”`);
  process.stdout.write(await write(mergeRuns(await Promise.all(folders.map(runIn)))));
  return 0;
}

async function runIn(folder: string): Promise<RunDocument> {
  try {
    const { run, problems } = await loadRun((file) => readFile(join(folder, file), "utf8"));
    if (problems[0] === undefined) return run;
    throw new Error(problems[0]);
  } catch (error) {
    const why = messageOf(error);
    throw new UsageError(`matrix ${folder}: wanted the folder of a saved run (badgateway run --save DIR); ${why}`);
  }
}
