import { z } from "zod";
import type { DialectRow } from "../dialect.ts";
import { patternsBroken } from "../evidence.ts";
import { expectationOf } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import { isOutcome, isTally, type Outcome, outcomesOf } from "../outcome.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Trial } from "../trial.ts";
import { judgeTime } from "../verdict.ts";
import type { ExpectationSource } from "./expected.ts";
import { repeats } from "./repeats.ts";

/** What a proxy has answered before, to be compared with. */
export interface Recorded {
  readonly format: 1;
  /** The day, as ISO 8601 writes it. */
  readonly recorded: string;
  /** By the scenario's id. */
  readonly scenarios: Readonly<Record<string, RecordedAnswer>>;
}

interface RecordedAnswer {
  /** What came, for each ask. */
  readonly outcomes: readonly (readonly Outcome[])[];
  /** What must not be and was, by its name: a repeated POST, a field that must not be passed on. */
  readonly admits?: readonly string[];
  /** It did not come at the timer at which it should. */
  readonly at?: "never";
}

const word = z.custom<Outcome>(isOutcome, "an outcome");

export const recordedShape: z.ZodType<Recorded> = z.strictObject({
  format: z.literal(1, { error: "1" }),
  recorded: z.string(),
  scenarios: z.record(
    z.string(),
    z.strictObject({
      outcomes: z.array(z.array(word)),
      admits: z.array(z.string()).exactOptional(),
      at: z.literal("never").exactOptional(),
    }),
  ),
});

/**
 * What there is to record of a check. What was not asked this time stays as it was.
 * @param today as ISO 8601 writes it
 */
export function recordOf(cells: readonly Cell[], before: Recorded | undefined, today: string): Recorded {
  const asked = cells.flatMap(({ scenario, driver, trial, verdict }): [string, RecordedAnswer][] =>
    trial && verdict.kind !== "void" && verdict.kind !== "inapplicable"
      ? [[scenario.id, answerOf(scenario, trial, driver.unit)]]
      : [],
  );
  const all = Object.entries({ ...before?.scenarios, ...Object.fromEntries(asked) });
  return { format: 1, recorded: today, scenarios: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function answerOf(scenario: NamedScenario, trial: Trial, unit: number): RecordedAnswer {
  const outcomes = (scenario.asks ?? [{}]).map((_, ask) => {
    const came = trial.exchanges.filter((exchange) => exchange.ask === ask).map(({ outcome }) => outcome);
    return [...new Set(came)].sort();
  });
  const admits = trial.exchanges.flatMap((exchange) => Object.values(patternsBroken(scenario, exchange)).flat());
  const repeated = repeats(trial).map(({ what }) => what);
  const standard = expectationOf(scenario, { rows: [] }, "0");
  const untimely = trial.exchanges.some((exchange) => judgeTime(standard, unit, trial, exchange).length > 0);
  return {
    outcomes,
    ...(admits.length + repeated.length > 0 && { admits: [...new Set([...admits, ...repeated])] }),
    ...(untimely && { at: "never" }),
  };
}

/**
 * What was recorded when a scenario put fewer requests, or more: it says nothing of those that are put now, and has to be
 * recorded anew.
 */
export function outdatedIn(record: Recorded, scenarios: readonly NamedScenario[]): string[] {
  const recorded = scenarios.filter(({ id }) => Object.hasOwn(record.scenarios, id));
  return recorded.filter((scenario) => currentAnswer(record, scenario) === undefined).map(({ id }) => id);
}

function currentAnswer({ scenarios }: Recorded, { id, asks = [{}] }: NamedScenario): RecordedAnswer | undefined {
  const answer = scenarios[id];
  return answer?.outcomes.length === asks.length ? answer : undefined;
}

/** A record as something to expect. Where the outcome is a set by nature, the rest of the set is expected too. */
export function recordedSource(record: Recorded, scenarios: readonly NamedScenario[], file: string): ExpectationSource {
  const rows = scenarios.flatMap((scenario): DialectRow[] => {
    const answer = currentAnswer(record, scenario);
    if (answer === undefined) return [];
    const byNature = scenario.racy === undefined ? [] : allowedBy(scenario);
    const claims = answer.outcomes.map((words, ask) => ({ claim: [...new Set([...words, ...(byNature[ask] ?? [])])] }));
    const { admits, at } = answer;
    return [
      {
        on: { id: scenario.id },
        answers: claims,
        ...(admits && { admits }),
        ...(at && { at }),
        reason: `recorded on ${record.recorded}`,
        source: file,
        versions: "*",
      },
    ];
  });
  return { rows };
}

/** What the standards allow, for each ask. */
export function allowedBy(scenario: NamedScenario): readonly (readonly Outcome[])[] {
  const { claims, causes } = expectationOf(scenario, { rows: [] }, "0");
  return claims.map((claim) => {
    const words = isTally(claim) ? Object.keys(claim.tally) : [claim].flat();
    return words.flatMap((word) => outcomesOf(word as Outcome, causes));
  });
}
