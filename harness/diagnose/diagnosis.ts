import type { Cause } from "../cause.ts";
import type { Finding, Layer } from "./layer.ts";
import { signs } from "./signs.ts";

/** What became of looking at one upstream. Plain JSON. */
export interface Diagnosis {
  readonly format: 1;
  readonly url: string;
  /** What was asked: `GET / HTTP/1.1, Host: app:8080`. */
  readonly asked: string;
  /** ISO 8601. */
  readonly date: string;
  /** All seven, in order. */
  readonly layers: readonly Layer[];
  /** What is wrong, the first failing layer first; empty when the upstream is well. */
  readonly findings: readonly Finding[];
  /** Worth knowing, though nothing is wrong. */
  readonly notes: readonly string[];
}

/** What a proxy should put the failure down to: of the first finding that has a cause. */
export function causeOf({ findings }: Pick<Diagnosis, "findings">): Cause | undefined {
  return findings.find(({ cause }) => cause !== undefined)?.cause;
}

/** The scenarios that look like the findings, the likeliest first: of the one that gives the cause, then of the others. */
export function scenariosOf({ findings }: Pick<Diagnosis, "findings">): readonly string[] {
  const [failing, relayed] = [findings.filter(({ cause }) => cause), findings.filter(({ cause }) => !cause)];
  return [...new Set([...failing, ...relayed].flatMap(({ sign }) => signs[sign]))];
}
