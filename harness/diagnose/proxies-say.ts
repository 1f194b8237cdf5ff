import { type Cause, recommendedStatus } from "../cause.ts";
import type { ProxyDriver } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import { isTally } from "../outcome.ts";
import type { NamedScenario } from "../scenario.ts";
import { heard, linesFor } from "./heard.ts";
import type { Entry, Knowledge } from "./knowledge.ts";
import { recognise } from "./recognise.ts";

/** What one proxy answers to a fault, and what stands in its log. */
export interface ProxySays {
  readonly proxy: string;
  readonly title: string;
  /** On which it was measured; unset for a service that cannot be run here. */
  readonly version?: string;
  /** What the client gets: `502`, `cut`; several where chance decides or requests differ. Empty: not known. */
  readonly answers: readonly string[];
  readonly log: readonly string[];
  /** Why the answer is not the one that the standards recommend. */
  readonly reason?: string;
  /** The setting that governs it. */
  readonly setting?: string;
}

/** Logs are long: so many lines of each are shown. */
const mostLines = 2;

/** What each driver's proxy was measured to answer and heard to say, in a scenario. */
export function driversSay(
  scenario: NamedScenario,
  drivers: readonly Pick<ProxyDriver, "name" | "dialect">[],
  knowledge: readonly Knowledge[],
): ProxySays[] {
  return drivers.flatMap(({ name, dialect }) => {
    const version = heard[name]?.version;
    if (version === undefined) return [];
    const { claims, causes, reasons } = expectationOf(scenario, dialect, version);
    const known = knowledge.find(({ proxy }) => proxy === name);
    const telling = known === undefined ? [] : tellingLines(linesFor(name, scenario.id), known, scenario.id);
    const setting = telling.flatMap(({ entry }) => entry.setting ?? []);
    return [
      {
        proxy: name,
        title: known?.title ?? name,
        version,
        answers: answersOf(claims, causes),
        log: telling.slice(0, mostLines).map(({ line }) => line),
        ...(reasons[0] !== undefined && { reason: reasons[0] }),
        ...(setting[0] !== undefined && { setting: setting[0] }),
      },
    ];
  });
}

/**
 * What the managed proxies say, as far as their vendors tell. Where nothing is told of the very fault, its cause will do,
 * but not for a message that breaks off: its status has been sent by then.
 */
export function servicesSay(
  { id, claim }: NamedScenario,
  cause: Cause | undefined,
  knowledge: readonly Knowledge[],
): ProxySays[] {
  const begun = !isTally(claim) && [claim].flat().includes("cut");
  return knowledge.flatMap(({ proxy, title, kind, entries }) => {
    if (kind !== "managed") return [];
    const entry = likeliest(entries, id, begun ? undefined : cause);
    if (!entry) return [];
    const { words, setting } = entry;
    return [{ proxy, title, answers: [], log: [words], ...(setting !== undefined && { setting }) }];
  });
}

function likeliest(entries: readonly Entry[], scenario: string, cause: Cause | undefined): Entry | undefined {
  const rank = ({ scenarios = [] }: Entry) => scenarios.indexOf(scenario);
  const shown = entries.filter((entry) => rank(entry) >= 0).toSorted((a, b) => rank(a) - rank(b));
  return shown[0] ?? entries.find(({ causes }) => cause !== undefined && causes[0] === cause);
}

interface TellingLine {
  readonly line: string;
  readonly entry: Entry;
}

/** The lines that say why; first those that stand for this scenario more than for others, and for few causes. */
function tellingLines(lines: readonly string[], known: Knowledge, scenario: string): TellingLine[] {
  const told = lines.flatMap((line) =>
    recognise(line, [known])
      .slice(0, 1)
      .map(({ entry }) => ({ line, entry })),
  );
  const distance = ({ entry: { scenarios = [], causes } }: TellingLine) =>
    causes.length + (scenarios.includes(scenario) ? 0 : 100);
  return told.toSorted((a, b) => distance(a) - distance(b));
}

function answersOf(claims: ReturnType<typeof expectationOf>["claims"], causes: readonly Cause[]): string[] {
  const words: string[] = claims.flatMap((claim) => (isTally(claim) ? Object.keys(claim.tally) : [claim].flat()));
  const named = words.flatMap((word) => {
    if (word === "own") return causes.map((cause) => String(recommendedStatus[cause]));
    return word.replace(/^own\((\d+)\)$/, "$1").replace(/^relayed\((\d+)\)$/, "$1 relayed");
  });
  return [...new Set(named)];
}
