import type { ProxyDriver } from "../driver.ts";
import type { Cell } from "../lab.ts";
import type { Trial } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import type { RunFacts } from "./facts.ts";

/** A run as programs read it. */
export interface RunDocument extends RunFacts {
  readonly format: 1;
  readonly cells: readonly CellRecord[];
}

export interface CellRecord {
  readonly scenario: string;
  readonly remedied?: true;
  readonly title: string;
  readonly driver: string;
  readonly via: ProxyDriver["via"];
  readonly verdict: Verdict;
  readonly trial?: Trial;
}

export function runDocument(cells: readonly Cell[], facts: RunFacts): RunDocument {
  return { format: 1, ...facts, cells: cells.map(cellRecord) };
}

export function cellRecord({ scenario, driver, verdict, trial }: Cell): CellRecord {
  return {
    scenario: scenario.id,
    ...(scenario.remedied && { remedied: true }),
    title: scenario.title,
    driver: driver.name,
    via: driver.via,
    verdict,
    ...(trial && { trial }),
  };
}
