import { isCause } from "./cause.ts";
import type { Dialect, Mark } from "./dialect.ts";
import { type Evidence, type ExchangeEvidence, evidenceOf, unreadable } from "./evidence.ts";
import { type Expectation, expectationOf } from "./expectation.ts";
import { type Claim, type ClaimWord, isTally, type Outcome, type Tally } from "./outcome.ts";
import type { NamedScenario, Proof, Scenario } from "./scenario.ts";
import type { Trial } from "./trial.ts";

/** What becomes of a cell of the matrix. */
export interface Verdict {
  /**
   * - `void`: the fault did not provably happen, so the trial says nothing about the proxy
   * - `skipped`: this machine lacks something, or nobody has measured this version of the proxy
   * - `inapplicable`: the proxy has no setting for what the scenario is about
   */
  readonly kind: "pass" | "fail" | "void" | "skipped" | "inapplicable";
  /** What was wanted and what came, or what is missing; empty for a pass. */
  readonly why: readonly string[];
  /** The proxy departs from the oracle as its dialect says, for these reasons. */
  readonly departs?: readonly string[];
  /** How sure the least sure of these reasons is, where they are not measured. */
  readonly mark?: Exclude<Mark, "measured">;
}

/** Judges a saved trial. Pure: the same trial, scenario and dialect give the same verdict, today and in a year. */
export function judge(scenario: NamedScenario, dialect: Dialect, unit: number, trial: Trial): Verdict {
  return judgeEvidence(scenario, dialect, unit, evidenceOf(scenario, trial));
}

/** Judges what there is to judge of a trial. */
export function judgeEvidence(scenario: NamedScenario, dialect: Dialect, unit: number, trial: Evidence): Verdict {
  const expected = expectationOf(scenario, dialect, trial.version);
  const spoiled = trial.spoiled === undefined ? [] : [`the scene could not be played: ${trial.spoiled}`];
  const unproven = scenario.proof
    .filter((proof) => !expected.waived.has(proof.act))
    .flatMap((proof) => missingProof(proof, trial.timeline));
  const complaints = [
    ...judgeClaims(scenario, expected, trial),
    ...trial.exchanges.flatMap((exchange) => [
      ...judgeTime(expected, unit, trial, exchange),
      ...judgePatterns(expected, exchange),
      ...(dialect.proxyStatus ? judgeReason(expected, exchange) : []),
    ]),
  ];
  const { reasons, mark } = expected;
  const departs = reasons.length > 0 && { departs: reasons, ...(mark && { mark }) };
  const unput = spoiled.length > 0 ? [] : unputAsks(scenario, trial);
  const voids = [...spoiled, ...unput, ...unproven];
  if (voids.length > 0) return { kind: "void", why: [...voids, ...complaints], ...departs };
  if (complaints.length === 0) return { kind: "pass", why: [], ...departs };
  if (!expected.measured) return { kind: "skipped", why: [`not measured on version ${trial.version}`, ...complaints] };
  return { kind: "fail", why: complaints, ...departs };
}

/** What is missing of one proof; nothing when it stands on the timeline. */
export function missingProof(proof: Proof, timeline: Evidence["timeline"]): string[] {
  const who = proof.upstream && `upstream ${proof.upstream}`;
  const count = timeline.filter((note) => note.act === proof.act && (!who || note.who === who)).length;
  const [least, most] = range(proof.times ?? [1]);
  if (count >= least && count <= most) return [];
  const wanted = rangeText(least, most);
  return [`not proven: “${proof.act}”${who ? ` of ${who}` : ""} was noted ${count} times, wanted ${wanted}`];
}

/** A question that was not put proves nothing, whatever the others came to. */
function unputAsks({ asks = [{}] }: Scenario, { exchanges }: Evidence): string[] {
  return asks.flatMap(({ times = 1 }, index) => {
    const count = exchanges.filter(({ ask }) => ask === index).length;
    return count === times ? [] : [`ask ${index + 1} was put ${count} times, wanted ${times}`];
  });
}

function judgeClaims(scenario: Scenario, expected: Expectation, trial: Evidence): string[] {
  const asks = scenario.asks ?? [{}];
  return asks.flatMap((_, index) => {
    const outcomes = trial.exchanges.filter(({ ask }) => ask === index).map(({ outcome }) => outcome);
    const wanted = expected.claims[index];
    if (wanted === undefined) return [];
    const which = asks.length > 1 ? `ask ${index + 1}: ` : "";
    return isTally(wanted)
      ? judgeTally(wanted, expected, outcomes).map((complaint) => which + complaint)
      : outcomes.flatMap((outcome) => judgeOutcome(wanted, expected, outcome).map((complaint) => which + complaint));
  });
}

function judgeOutcome(claim: Claim, expected: Expectation, outcome: Outcome): string[] {
  const allowed = [claim].flat().flatMap((word) => meant(word, expected));
  return allowed.includes(outcome) ? [] : [`${outcome}, wanted ${allowed.join(" or ")}`];
}

function meant(word: ClaimWord, { own }: Expectation): readonly Outcome[] {
  return word === "own" ? own : [word];
}

function judgeTally({ tally }: Tally, expected: Expectation, outcomes: readonly Outcome[]): string[] {
  const explained = new Set<Outcome>();
  const complaints = Object.entries(tally).flatMap(([word, times]) => {
    const allowed = meant(word as ClaimWord, expected);
    for (const outcome of allowed) explained.add(outcome);
    const count = outcomes.filter((outcome) => allowed.includes(outcome)).length;
    const [least, most] = range(times ?? 0);
    return count >= least && count <= most
      ? []
      : [`${allowed.join(" or ")} ${count} times, wanted ${rangeText(least, most)}`];
  });
  const strange = outcomes.filter((outcome) => !explained.has(outcome));
  return strange.length > 0 ? [...complaints, `${strange.join(", ")}, wanted none`] : complaints;
}

/** Milliseconds that an answer may be late at the least. */
const leastSlack = 270;

/**
 * How late an answer at a timer may be: a busy machine is not what is judged. All in milliseconds.
 * @param unit the grain of the proxy's clock
 */
export function leewayOf(timer: number, unit: number): number {
  return Math.max(timer * 0.9, leastSlack) + unit;
}

/** A failure must come when its timer runs out: a 504 at once is one for the wrong reason. */
export function judgeTime(
  { at }: Expectation,
  unit: number,
  trial: Pick<Evidence, "plan">,
  { outcome, took, sending }: ExchangeEvidence,
): string[] {
  if (at === undefined || at === "never" || outcome === "clean" || outcome.startsWith("relayed")) return [];
  const timer = Math.ceil(trial.plan.timers[at] / unit) * unit;
  const early = Math.max(5, unit / 2); // clocks that tick may run out up to half a tick before
  // What takes its time to be sent makes the answer later, not the timer.
  if (took >= timer - early && took - sending <= timer + leewayOf(timer, unit)) return [];
  return [`${outcome} after ${Math.round(took)} ms, wanted at the ${at} timer of ${timer} ms`];
}

function judgePatterns({ admitted }: Expectation, { got = [], lacking = [] }: ExchangeEvidence): string[] {
  const demanded = (what: string) => !admitted.has(what);
  return [
    ...got.filter(demanded).map((what) => `the client got ${what}`),
    ...lacking.filter(demanded).map((what) => `the client did not get ${what}`),
  ];
}

/** A proxy that speaks RFC 9209 must name the right cause: a 502 for the wrong reason is a failure. */
function judgeReason({ causes }: Expectation, { named, outcome }: ExchangeEvidence): string[] {
  // Without a cause there is no failure of the proxy's: an error of the origin's, in other words.
  if (!outcome.startsWith("own") || causes.length === 0) return [];
  if (named === undefined) return ["no Proxy-Status on a response of the proxy's own making"];
  if (named === unreadable) return ["Proxy-Status cannot be read"];
  return isCause(named) && causes.includes(named) ? [] : [`Proxy-Status error=${named}, wanted ${causes.join(" or ")}`];
}

function range(times: number | readonly [number, number?]): readonly [number, number] {
  const [least, most = Number.POSITIVE_INFINITY] = typeof times === "number" ? [times, times] : times;
  return [least, most];
}

function rangeText(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least}`;
  return least === most ? String(least) : `${least} to ${most}`;
}
