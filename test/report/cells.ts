import type { ProxyDriver } from "../../harness/driver.ts";
import type { Cell } from "../../harness/lab.ts";
import { defaultPlan, defaultTimers } from "../../harness/plan.ts";
import type { RunFacts } from "../../harness/report/facts.ts";
import type { NamedScenario } from "../../harness/scenario.ts";
import type { Exchange, Trial } from "../../harness/trial.ts";
import type { Verdict } from "../../harness/verdict.ts";

/** Hand-written parts of a run, for what is a pure function of them. */

export function driver(name: string, changes: Partial<ProxyDriver> = {}): ProxyDriver {
  return {
    name,
    via: "local",
    unit: 1,
    dialect: { rows: [] },
    missing: async () => undefined,
    config: () => "",
    start: () => Promise.reject(new Error("it is only written down")),
    ...changes,
  };
}

export function scenario(id: string, changes: Partial<NamedScenario> = {}): NamedScenario {
  return {
    id,
    title: `The title of ${id}`,
    cause: "connection_read_timeout",
    upstreams: [],
    claim: "own",
    at: "head",
    proof: [{ act: "silent" }],
    story: { symptom: "A 504.", why: "No answer.", evidence: ["curl -v"], remedy: "Answer." },
    spec: ["RFC 9209 §2.3.10"],
    ...changes,
  };
}

export function exchange(outcome: Exchange["outcome"], changes: Partial<Exchange> = {}): Exchange {
  const answer = "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n";
  return {
    ask: 0,
    at: 0,
    took: 301.4,
    sending: 0.2,
    sent: { bytes: 35, first: "GET /path HTTP/1.1\r\nHost: proxy\r\n\r\n" },
    received: { bytes: answer.length, first: answer },
    ending: "whole",
    outcome,
    ...changes,
  };
}

export function trial(changes: Partial<Trial> = {}): Trial {
  return {
    format: 1,
    scenario: "slow/never",
    driver: "nginx",
    via: "local",
    version: "1.22.1",
    seed: 7,
    plan: { ...defaultPlan(defaultTimers, "/ca.pem"), upstreams: ["http://127.0.0.2:80"] },
    exchanges: [exchange("own(504)")],
    timeline: [
      { at: 0.1, who: "client", act: "asked", detail: "GET /path" },
      { at: 1, who: "upstream 1", act: "silent" },
    ],
    connections: [],
    said: [],
    ...changes,
  };
}

export function cell(
  scenario: NamedScenario,
  driver: ProxyDriver,
  kind: Verdict["kind"],
  { why = [], departs, trial }: Partial<Verdict> & { readonly trial?: Trial } = {},
): Cell {
  return { scenario, driver, verdict: { kind, why, ...(departs && { departs }) }, ...(trial && { trial }) };
}

export const facts: RunFacts = {
  badgateway: "1.2.3",
  node: "24.0.0",
  platform: "linux x64",
  date: "2026-01-31T12:00:00.000Z",
  seed: 7,
  repeat: 1,
  timers: defaultTimers,
  took: 2_840,
  absent: [],
};
