import picomatch from "picomatch";
import { coerce, satisfies } from "semver";
import type { Cause } from "./cause.ts";
import type { Dialect, DialectRow } from "./dialect.ts";
import { type Claim, isTally, type Tally } from "./outcome.ts";
import type { TimerName } from "./plan.ts";
import { causesOf, type NamedScenario } from "./scenario.ts";

/** What a scenario must give on one proxy in one version: the claim as its dialect rewrites it. */
export interface Expectation {
  readonly causes: readonly Cause[];
  /** One for each ask. */
  readonly claims: readonly (Claim | Tally)[];
  readonly at: TimerName | "never" | undefined;
  readonly waived: ReadonlySet<string>;
  /** Names of `never` and `always` that do not hold with this proxy. */
  readonly admitted: ReadonlySet<string>;
  /** Why the proxy departs from the oracle here; empty when it does not. */
  readonly reasons: readonly string[];
  /** The version lies in a range on which the proxy was measured. */
  readonly measured: boolean;
}

export function expectationOf(scenario: NamedScenario, dialect: Dialect, version: string): Expectation {
  const causes = causesOf(scenario);
  const asks = scenario.asks ?? [{}];
  const claims = asks.map((ask) => ask.claim ?? scenario.claim);
  const release = coerce(version) ?? version; // some have two numbers only
  const inRange = dialect.rows.filter(({ versions }) => versions === "*" || satisfies(release, versions));
  const measured = dialect.rows.length === 0 || inRange.length > 0;
  const none = new Set<string>();
  const plain = { causes, claims, at: scenario.at, waived: none, admitted: none, reasons: [], measured };
  const about = inRange.filter(({ remedied }) => remedied === scenario.remedied);
  const row = rowFor(about, scenario.id, causes);
  if (!row) return plain;
  const rewritten = claims.map((claim, index) => rewrite(claim, row, index));
  return {
    ...plain,
    claims: rewritten,
    at: row.at ?? scenario.at,
    waived: new Set(row.waives),
    admitted: new Set(row.admits),
    reasons: [`${row.reason} (${row.source})`],
  };
}

/** The row that counts for a scenario: `id` beats `glob` beats `cause`. */
export function rowFor(rows: readonly DialectRow[], id: string, causes: readonly Cause[]): DialectRow | undefined {
  return (
    rows.find(({ on }) => "id" in on && on.id === id) ??
    rows.find(({ on }) => "glob" in on && picomatch.isMatch(id, on.glob)) ??
    rows.find(({ on }) => "cause" in on && causes.includes(on.cause))
  );
}

function rewrite(claim: Claim | Tally, { on, answers }: DialectRow, index: number): Claim | Tally {
  if (answers === undefined) return claim;
  const answer = Array.isArray(answers) && typeof answers[0] === "object" ? answers[index].claim : answers;
  return "cause" in on ? rewriteOwn(claim, answer as Claim) : (answer as Claim | Tally);
}

/** A row by cause speaks of the proxy's own answers only; what is relayed or cut stays as it is. */
function rewriteOwn(claim: Claim | Tally, answer: Claim): Claim | Tally {
  if (!isTally(claim)) return [claim].flat().flatMap((word) => (word === "own" ? answer : word));
  return claim;
}
