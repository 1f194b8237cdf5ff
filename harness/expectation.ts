import picomatch from "picomatch";
import coerce from "semver/functions/coerce.js";
import satisfies from "semver/functions/satisfies.js";
import { type Cause, recommendedStatus } from "./cause.ts";
import type { Dialect, DialectRow, Mark } from "./dialect.ts";
import { type Claim, isTally, type Outcome, type Tally } from "./outcome.ts";
import type { TimerName } from "./plan.ts";
import { causesOf, type NamedScenario } from "./scenario.ts";

/** What a scenario must give on one proxy in one version: the claim as its dialect rewrites it. */
export interface Expectation {
  /** What a proxy that names causes must name. */
  readonly causes: readonly Cause[];
  /** What `own` stands for in the claims. */
  readonly own: readonly Outcome[];
  /** One for each ask. */
  readonly claims: readonly (Claim | Tally)[];
  readonly at: TimerName | "never" | undefined;
  readonly waived: ReadonlySet<string>;
  /** Names of `never` and `always` that do not hold with this proxy. */
  readonly admitted: ReadonlySet<string>;
  /** Why the proxy departs from the oracle here; empty when it does not. */
  readonly reasons: readonly string[];
  /** How sure the least sure of these reasons is. Unset: they are measured, or there is none. */
  readonly mark?: Exclude<Mark, "measured">;
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
  const about = inRange.filter(({ remedied }) => remedied === scenario.remedied);
  const row = rowAbout(about, scenario.id);
  // A row by cause speaks of the proxy's own answers only; what is relayed or cut stays as it is.
  const byCause = row ? [] : causes.flatMap((cause) => about.find(isOn(cause)) ?? []);
  const rows = row
    ? [row]
    : saysOwn(claims) || byCause.some(({ at, waives, admits }) => at || waives || admits)
      ? byCause
      : [];
  const marks = rows.flatMap(({ mark }) => mark ?? []);
  const mark = (["unconfirmed", "derived", "documented"] as const).find((each) => marks.includes(each));
  const own = [...new Set(causes.flatMap((cause) => ownOf(cause, rows.find(isOn(cause)))))];
  const rewritten = claims.map((claim, index) =>
    row?.answers !== undefined ? answerTo(index, row, scenario.id) : byCause.length > 0 ? spelt(claim, own) : claim,
  );
  return {
    causes: row?.cause ? [row.cause] : causes,
    own,
    claims: rewritten,
    at: rows.find(({ at }) => at !== undefined)?.at ?? scenario.at,
    waived: new Set(rows.flatMap(({ waives = [] }) => waives)),
    admitted: new Set(rows.flatMap(({ admits = [] }) => admits)),
    reasons: rows.map(reasonText),
    ...(mark && { mark }),
    measured,
  };
}

function reasonText({ reason, source, mark }: DialectRow): string {
  return mark === undefined ? `${reason} (${source})` : `${reason} (${mark}: ${source})`;
}

/** The row that counts for a scenario: `id` beats `glob` beats `cause`. */
export function rowFor(rows: readonly DialectRow[], id: string, causes: readonly Cause[]): DialectRow | undefined {
  return rowAbout(rows, id) ?? rows.find(({ on }) => "cause" in on && causes.includes(on.cause));
}

/** The row that names the scenario itself. */
function rowAbout(rows: readonly DialectRow[], id: string): DialectRow | undefined {
  return (
    rows.find(({ on }) => "id" in on && on.id === id) ??
    rows.find(({ on }) => "glob" in on && picomatch.isMatch(id, on.glob))
  );
}

function isOn(cause: Cause): (row: DialectRow) => boolean {
  return ({ on }) => "cause" in on && on.cause === cause;
}

function ownOf(cause: Cause, row: DialectRow | undefined): readonly Outcome[] {
  const recommended: Outcome = `own(${recommendedStatus[cause]})`;
  const { answers = "own" } = row ?? {};
  return [answers].flat().map((word) => (typeof word === "string" && word !== "own" ? word : recommended));
}

/** @throws RangeError when the row answers ask by ask, and not this one */
function answerTo(index: number, { answers, on }: DialectRow, id: string): Claim | Tally {
  if (!Array.isArray(answers) || typeof answers[0] !== "object") return answers as Claim | Tally;
  const about = `the row about ${Object.values(on)} has ${answers.length} answers`;
  if (index >= answers.length) throw new RangeError(`${about}, wanted one for each ask of ${id}`);
  return answers[index].claim;
}

/** A claim with the statuses that are meant in place of `own`; a tally only where there is one to be counted. */
function spelt(claim: Claim | Tally, own: readonly Outcome[]): Claim | Tally {
  if (!isTally(claim)) return [claim].flat().flatMap((word) => (word === "own" ? own : word));
  const { own: times, ...others } = claim.tally;
  const [only, ...more] = own;
  return times === undefined || only === undefined || more.length > 0 ? claim : { tally: { ...others, [only]: times } };
}

/** Some claim leaves it to the proxy which status it answers. */
function saysOwn(claims: readonly (Claim | Tally)[]): boolean {
  return claims.some((claim) => (isTally(claim) ? "own" in claim.tally : [claim].flat().includes("own")));
}
