import type { Cause } from "../cause.ts";
import { causesOf, type NamedScenario } from "../scenario.ts";
import type { Knowledge } from "./knowledge.ts";
import { proxyStatusIn } from "./proxy-status.ts";
import { type Match, recognise } from "./recognise.ts";
import { similarTo } from "./similar.ts";

/** What a text means. Plain JSON. */
export interface Explanation {
  readonly text: string;
  /** What was recognised in it, the most telling first; empty when nothing was. */
  readonly meanings: readonly Meaning[];
  /** What may stand behind it, the likeliest first. */
  readonly causes: readonly Cause[];
  /** Scenarios that bring it about, the likeliest first. */
  readonly scenarios: readonly Reproduction[];
  /** Known words that come close to a text which was not recognised. */
  readonly similar: readonly { readonly said: string; readonly by: string }[];
}

interface Meaning {
  readonly proxy: string;
  readonly title: string;
  readonly words: string;
  readonly meaning: string;
  readonly causes: readonly Cause[];
  readonly setting?: string;
  readonly source: string;
}

/** A scenario that shows the same: what to check, and what helps. */
export interface Reproduction {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly string[];
  readonly remedy: string;
}

/** How many scenarios are named. */
const most = 4;

/** What an explanation rests on. */
export interface Known {
  readonly knowledge: readonly Knowledge[];
  readonly scenarios: readonly NamedScenario[];
}

/** Recognises a line of a log, a field, a status or a code, and says what stands behind it, or what it comes close to. */
export function explain(text: string, known: Known): Explanation {
  return recognised(text, known) ?? unrecognised(text, known);
}

/** The same for a text that is recognised, and nothing for another: looking for what is near takes a hundred times as long. */
export function recognised(text: string, known: Known): Explanation | undefined {
  const trimmed = text.trim();
  const fields = proxyStatusIn(trimmed);
  const matches = fields.length > 0 ? fields : recognise(trimmed, known.knowledge);
  const [best] = matches;
  if (!best) return undefined;
  // Several entries of one proxy may fit what was quoted in part.
  const equals = matches.filter(({ knowledge, length }) => knowledge === best.knowledge && length === best.length);
  return {
    text: trimmed,
    meanings: matches.map(meaningOf),
    causes: [...new Set(equals.flatMap(({ entry }) => entry.causes))],
    scenarios: reproductionsOf(
      [...new Set(equals.flatMap((match) => idsOf(match, known.scenarios)))],
      known.scenarios,
    ).slice(0, most),
    similar: [],
  };
}

function unrecognised(text: string, { knowledge }: Known): Explanation {
  const trimmed = text.trim();
  const similar = similarTo(trimmed, knowledge).map(({ knowledge, entry }) => ({
    said: entry.words,
    by: knowledge.title,
  }));
  return { text: trimmed, meanings: [], causes: [], scenarios: [], similar };
}

function meaningOf({ knowledge: { proxy, title }, entry }: Match): Meaning {
  const { words, meaning, causes, setting, source } = entry;
  return { proxy, title, words, meaning, causes, source, ...(setting !== undefined && { setting }) };
}

function idsOf({ entry }: Match, scenarios: readonly NamedScenario[]): readonly string[] {
  return entry.scenarios ?? entry.causes.flatMap((cause) => scenariosWith(cause, scenarios).slice(0, 2));
}

/** Those that show nothing but the cause come first; a container, a pool or a setting adds something of its own. */
function scenariosWith(cause: Cause, scenarios: readonly NamedScenario[]): string[] {
  const ids = scenarios.filter((scenario) => causesOf(scenario)[0] === cause).map(({ id }) => id);
  return ids.toSorted((a, b) => Number(special.test(a)) - Number(special.test(b)));
}

const special = /^(?:config|container|pool)\//;

/** Scenarios by their ids, in that order; one that the catalogue does not hold is left out. */
export function reproductionsOf(ids: readonly string[], scenarios: readonly NamedScenario[]): Reproduction[] {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  return ids.flatMap((id) => {
    const scenario = byId.get(id);
    if (!scenario) return [];
    return [{ id, title: scenario.title, checks: scenario.story.evidence, remedy: scenario.story.remedy }];
  });
}
