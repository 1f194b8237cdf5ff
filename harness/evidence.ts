import { parseList } from "structured-headers";
import type { Plan } from "./plan.ts";
import type { Scenario } from "./scenario.ts";
import type { Exchange, Note, Response, Transcript, Trial } from "./trial.ts";

/** What the judge reads of a trial, and nothing else: enough to judge it again by another dialect. Plain JSON. */
export interface Evidence extends Pick<Trial, "version" | "spoiled"> {
  readonly plan: Pick<Plan, "timers">;
  /** The acts that the scenario takes for its proof. */
  readonly timeline: readonly Pick<Note, "who" | "act">[];
  readonly exchanges: readonly ExchangeEvidence[];
}

export interface ExchangeEvidence extends Pick<Exchange, "ask" | "outcome" | "took" | "sending"> {
  /** What the client got and never must, by its name in the scenario. */
  readonly got?: readonly string[];
  /** What it did not get of what it always must. */
  readonly lacking?: readonly string[];
  /**
   * What the proxy's own response puts the failure down to in `Proxy-Status`; `none` where the field names no error,
   * `unreadable` where it is no list (RFC 9651 §3.1).
   */
  readonly named?: string;
}

/** No cause is called so. */
export const unreadable = "unreadable";

export function evidenceOf(scenario: Scenario, { version, spoiled, plan, timeline, exchanges }: Trial): Evidence {
  const acts = new Set(scenario.proof.map(({ act }) => act));
  return {
    version,
    ...(spoiled !== undefined && { spoiled }),
    plan: { timers: plan.timers },
    timeline: timeline.filter(({ act }) => acts.has(act)).map(({ who, act }) => ({ who, act })),
    exchanges: exchanges.map((exchange) => exchangeEvidence(scenario, exchange)),
  };
}

function exchangeEvidence(scenario: Scenario, exchange: Exchange): ExchangeEvidence {
  const { ask, outcome, took, sending, response } = exchange;
  const { got, lacking } = patternsBroken(scenario, exchange);
  const named = response && outcome.startsWith("own") ? errorNamed(response) : undefined;
  return {
    ...{ ask, outcome, took, sending },
    ...(got.length > 0 && { got }),
    ...(lacking.length > 0 && { lacking }),
    ...(named !== undefined && { named }),
  };
}

/** What the client got and never must, and what it did not get of what it always must, by their names in the scenario. */
export function patternsBroken(
  { never = {}, always = {} }: Scenario,
  { received, response, outcome }: Pick<Exchange, "received" | "response" | "outcome">,
) {
  const text = textOf(received);
  const headers = response ? linesOf(response) : "";
  const ofOrigin = outcome === "clean" || outcome.startsWith("relayed");
  const names = (patterns: Readonly<Record<string, RegExp>>, broken: (pattern: RegExp) => boolean) =>
    Object.entries(patterns).flatMap(([what, pattern]) => (broken(pattern) ? [what] : []));
  return {
    got: names(never, (pattern) => pattern.test(text)),
    lacking: ofOrigin ? names(always, (pattern) => !pattern.test(headers)) : [],
  };
}

/** Where octets are left out in the middle a line ends, so that nothing matches across the gap. */
function textOf({ bytes, first, last = "" }: Transcript): string {
  return first + (bytes > first.length + last.length ? "\r\n" : "") + last;
}

/** The whole head, however long: the transcript of the bytes is bounded, the record of the fields is not. */
function linesOf({ status, reason, fields }: Response): string {
  const lines = [`HTTP/1.1 ${status} ${reason}`, ...fields.map(([name, value]) => `${name}: ${value}`)];
  return lines.map((line) => `${line}\r\n`).join("");
}

function errorNamed({ fields }: Response): string | undefined {
  const value = fields.filter(([name]) => name.toLowerCase() === "proxy-status").map(([, value]) => value);
  if (value.length === 0) return undefined;
  try {
    // The last that names one: round a loop, the answer has passed the proxy again after it was made.
    const errors = parseList(value.join(", ")).map(([, params]) => params.get("error"));
    return String(errors.findLast((named) => named !== undefined) ?? "none");
  } catch {
    return unreadable;
  }
}
