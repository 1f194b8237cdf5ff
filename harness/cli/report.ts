import { mergeRuns } from "../report/merge-runs.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { openSaveFolder } from "./save.ts";
import { readRuns } from "./saved-runs.ts";
import { exitCode, UsageError } from "./usage.ts";
import { formatsOf, writeReports } from "./write-reports.ts";

export interface ReportCommandOptions {
  readonly format?: readonly string[];
  readonly out: string;
}

/**
 * `badgateway report`. What cannot be read is named and left out.
 * @returns the exit code
 * @throws UsageError when there is nothing to report, or nowhere to write it
 */
export async function reportCommand(
  folders: readonly string[],
  { format = ["html"], out }: ReportCommandOptions,
): Promise<number> {
  const names = formatsOf("--format", format);
  const { runs, problems } = await readRuns(folders);
  for (const problem of problems) process.stderr.write(`badgateway: skipped: ${problem}\n`);
  if (runs.length === 0) throw new UsageError(`report: wanted a saved run (badgateway run --save DIR); found none`);
  await openSaveFolder(out, "--out");
  const run = mergeRuns(runs);
  process.stdout.write(await writeReports(names, out, run));
  return problems.length > 0 ? exitCode.notAsClaimed : exitCodeOf(run.cells, run.absent);
}
