import { examine } from "../check/examine.ts";
import { type ExpectationSource, expectedBy } from "../check/expected.ts";
import { reach } from "../check/reach.ts";
import { outdatedIn, recordedSource, recordOf } from "../check/recorded.ts";
import { loadDrivers } from "../drivers.ts";
import { openGrounds } from "../lab/grounds.ts";
import type { Cell } from "../lab.ts";
import { defaultTimers } from "../plan.ts";
import { documentedBy } from "../proxies/profile/dialect.ts";
import { selectScenarios } from "../select/scenarios.ts";
import { loadCatalogue } from "./catalogue.ts";
import { checkAgain } from "./check-again.ts";
import type { CheckCommandOptions } from "./check-command.ts";
import {
  besideConfiguration,
  expectationsOf,
  loadConfiguration,
  meansOf,
  withoutLeftOut,
} from "./check-configuration.ts";
import { loadRecorded, openRecorded, saveRecorded } from "./check-outcomes.ts";
import { report } from "./check-report.ts";
import { chosen } from "./check-subject.ts";
import { interruptible } from "./interruption.ts";
import { profileOf } from "./profile-option.ts";
import { openProgress } from "./progress.ts";
import { beginFacts } from "./run-facts.ts";
import { openSaveFolder, saveRun } from "./save.ts";
import { exitCode, UsageError } from "./usage.ts";

/**
 * `badgateway check`.
 * @returns the exit code
 * @throws UsageError, with nothing left running
 * @throws Interruption, after everything has been closed
 */
export async function checkCommand(words: readonly string[], options: CheckCommandOptions): Promise<number> {
  using interruption = interruptible();
  const { signal } = interruption;
  const { url, names } = split(words);
  const profile = options.profile === undefined ? undefined : await profileOf(options.profile);
  const written = await loadConfiguration(options.configFile);
  const [catalogue, drivers] = await Promise.all([loadCatalogue(undefined), loadDrivers()]);
  const scenarios = withoutLeftOut(selectScenarios(catalogue, names), catalogue, written);
  const proxy = await chosen(url, options, drivers, meansOf(written, options.timers));
  const file = options.outcomes ?? besideConfiguration(written, "badgateway.outcomes.json");
  const recorded = await loadRecorded(file);
  if (options.save !== undefined) await openSaveFolder(options.save);
  if (options.update) await openRecorded(file);

  const factsOf = beginFacts();
  await using grounds = await openGrounds();
  const base = (url?.pathname ?? "").replace(/\/+$/, "");
  const way = { subject: proxy.subject, base, grounds, settle: options.settle, signal };
  const lanes = new Map(proxy.subject.lanes.map((lane) => [lane.driver, lane]));
  for (const lane of lanes.values()) {
    const reached = await reach(lane, way);
    if (reached.kind === "unusable") throw new UsageError(`check: ${oneLine(reached.why)}`);
    if (reached.kind === "void") {
      const text = `○ void: nothing can be said of this proxy\n  ${reached.why}`;
      process.stdout.write(`${options.json ? JSON.stringify({ format: 1, void: reached.why }) : text}\n`);
      return exitCode.notAsClaimed;
    }
  }
  const outdated = recorded && !options.update ? outdatedIn(recorded, scenarios) : [];
  if (outdated.length > 0)
    process.stderr.write(
      `badgateway: ${file}: recorded when other requests were put, and so not compared with: ${outdated.join(", ")} (--update records anew)\n`,
    );
  // The first that speaks of a scenario counts: what its owner says, what was recorded, what its vendor documents.
  const sources: ExpectationSource[] = [
    expectationsOf(written),
    ...(recorded && !options.update ? [recordedSource(recorded, catalogue, file)] : []),
    ...(profile ? [documentedBy(profile)] : []),
  ];
  using progress = await openProgress(scenarios, [proxy.shown]);
  const cells = await examine({
    ...way,
    scenarios,
    shown: proxy.shown,
    expected: (scenario) => expectedBy(sources, scenario),
    seed: options.seed,
    patience: options.patience,
    onCell: progress.settled,
  });
  progress[Symbol.dispose]();
  cells.sort((a, b) => (a.scenario.id < b.scenario.id ? -1 : 1));
  const timers = { ...defaultTimers, ...proxy.subject.means.timers };
  const facts = factsOf({ seed: options.seed, repeat: 1, timers, command: checkAgain(url, options), absent: [] });
  if (options.save !== undefined) await saveRun(options.save, cells, facts);
  if (options.update) await saveRecorded(file, recordOf(cells, recorded, facts.date.slice(0, 10)));
  report(cells, facts, { proxy, recorded, file, written, options, catalogue });
  return codeOf(cells, options);
}

/** A URL, if there is one, stands among the scenarios; so that neither has to be told apart by an option. */
function split(words: readonly string[]): { url?: URL; names: readonly string[] } {
  const [word, ...more] = words.filter((each) => /^https?:/i.test(each));
  const names = words.filter((each) => !/^https?:/i.test(each));
  if (word === undefined) return { names };
  if (more.length > 0) throw new UsageError(`check: wanted one URL; got ${[word, ...more].join(", ")}`);
  if (!URL.canParse(word)) throw new UsageError(`check: wanted a URL such as http://127.0.0.1:8080; got “${word}”`);
  return { url: new URL(word), names };
}

/** Whoever records what came expects it. Where nothing could be judged, nothing is as expected. */
function codeOf(cells: readonly Cell[], { update }: CheckCommandOptions): number {
  const kinds = new Set(cells.map(({ verdict }) => verdict.kind));
  const judged = kinds.has("pass") || kinds.has("fail");
  const wanting = !judged || kinds.has("void") || (kinds.has("fail") && !update);
  return wanting ? exitCode.notAsClaimed : exitCode.asClaimed;
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, " | ");
}
