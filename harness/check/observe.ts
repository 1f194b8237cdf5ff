import { patternsBroken } from "../evidence.ts";
import { expectationOf } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import type { Outcome } from "../outcome.ts";
import { outcomesText } from "../report/words.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Exchange, Trial } from "../trial.ts";
import { judge, judgeTime } from "../verdict.ts";
import type { FindingKind, Observation } from "./finding.ts";
import { asked, came } from "./finding-words.ts";
import { allowedBy } from "./recorded.ts";
import { repeats } from "./repeats.ts";

type Seen = Pick<Observation, "kind" | "came" | "asked"> & Partial<Pick<Observation, "spec">>;

/** What one trial shows of the proxy, held against the standards alone, whatever else is expected of it. */
export function observe(cell: Cell): Observation[] {
  const { scenario, driver, trial, verdict } = cell;
  if (!trial || verdict.kind === "void" || verdict.kind === "inapplicable") return [];
  const seen = [...repeated(trial), ...trial.exchanges.flatMap((exchange) => inOne(exchange, cell, trial))];
  const standard = judge(scenario, { rows: [] }, driver.unit, trial);
  if (seen.length === 0 && standard.kind === "fail")
    seen.push({ kind: "count", came: outcomesText(trial.exchanges), asked: standard.why.join("; ") });
  const unique = [...new Map(seen.map((each) => [`${each.kind} ${each.came}`, each])).values()];
  return unique.map((each) => ({ spec: scenario.spec, ...each, cell }));
}

function inOne(exchange: Exchange, { scenario, driver }: Cell, trial: Trial): Seen[] {
  const wanted = allowedBy(scenario)[exchange.ask] ?? [];
  const kind = kindOf(exchange, wanted, scenario);
  const { got, lacking } = patternsBroken(scenario, exchange);
  const standard = expectationOf(scenario, { rows: [] }, "0");
  const untimely = kind === undefined ? judgeTime(standard, driver.unit, trial, exchange) : [];
  return [
    ...(kind === undefined ? [] : [{ kind, came: came(exchange), asked: asked(wanted) }]),
    ...got.map((what) => ({ kind: "passed-on" as const, came: `the client got ${what}`, asked: "that it does not" })),
    ...lacking.map((what) => ({
      kind: "passed-on" as const,
      came: `the client did not get ${what}`,
      asked: "that it does",
    })),
    ...untimely.map((came) => ({ kind: "untimely" as const, came, asked: asked(wanted) })),
  ];
}

function repeated(trial: Trial): Seen[] {
  return repeats(trial).map(({ method, sent, seen }) => ({
    kind: "repeated",
    came: `the ${method} was sent ${sent === 1 ? "once" : `${sent} times`}, and the backend got it ${seen} times`,
    asked: "that it is not sent again: nobody can tell whether it was done already",
    spec: ["RFC 9110 §9.2.2"],
  }));
}

function kindOf(
  { outcome, response }: Exchange,
  wanted: readonly Outcome[],
  scenario: NamedScenario,
): FindingKind | undefined {
  if (!wanted.includes(outcome)) return departure(outcome, wanted, scenario);
  if (outcome === "silent") return "unseen";
  return outcome === "cut" && response?.status === 200 ? "broken-off" : undefined;
}

function departure(outcome: Outcome, wanted: readonly Outcome[], { id }: NamedScenario): FindingKind {
  if (outcome === "silent" || outcome === "died" || outcome === "hang") return outcome;
  if (outcome === "closed" || outcome === "raw") return "no-answer";
  if (outcome === "cut") return "broken-early";
  if (outcome.startsWith("own")) return wanted.some((word) => word.startsWith("own")) ? "status" : "replaced";
  if (id.startsWith("tls/")) return "unverified";
  return id.startsWith("malformed/") ? "lenient" : "status";
}
