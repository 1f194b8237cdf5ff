import type { ProxyDriver } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import type { Claim, Tally } from "../outcome.ts";
import type { TimerName } from "../plan.ts";
import type { Trial } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import type { Origin, RunFacts } from "./facts.ts";
import { type ScenarioRecord, scenarioRecords } from "./scenario-record.ts";

/** A run as programs read it: everything that any report tells. */
export interface RunDocument extends RunFacts {
  readonly format: 1;
  readonly scenarios: readonly ScenarioRecord[];
  readonly cells: readonly CellRecord[];
}

export interface CellRecord {
  readonly scenario: string;
  readonly remedied?: true;
  readonly title: string;
  readonly driver: string;
  readonly via: ProxyDriver["via"];
  readonly verdict: Verdict;
  readonly departure?: Departure;
  readonly trial?: Trial;
  /** What is true of its own run, where several were merged that differ in it. */
  readonly origin?: Origin;
}

/** What a proxy gives by its dialect, where that is not what the scenario claims; why stands in the verdict. */
export interface Departure {
  /** One for each ask. */
  readonly claims: readonly (Claim | Tally)[];
  readonly at?: TimerName | "never";
  /** Proofs that cannot happen with this proxy, by their act. */
  readonly waives?: readonly string[];
  /** Names of what must never stand in the response, or always, and here does or does not. */
  readonly admits?: readonly string[];
}

export function runDocument(cells: readonly Cell[], facts: RunFacts): RunDocument {
  const scenarios = scenarioRecords(cells.map(({ scenario }) => scenario));
  return { format: 1, ...facts, scenarios, cells: cells.map(cellRecord) };
}

function cellRecord(cell: Cell): CellRecord {
  const { scenario, driver, verdict, trial } = cell;
  const departure = departureOf(cell);
  return {
    scenario: scenario.id,
    ...(scenario.remedied && { remedied: true }),
    title: scenario.title,
    driver: driver.name,
    via: driver.via,
    verdict,
    ...(departure && { departure }),
    ...(trial && { trial }),
  };
}

function departureOf({ scenario, driver, dialect = driver.dialect, verdict, trial }: Cell): Departure | undefined {
  if (!trial || !verdict.departs) return undefined;
  const { claims, at, waived, admitted } = expectationOf(scenario, dialect, trial.version);
  return {
    claims,
    ...(at && { at }),
    ...(waived.size > 0 && { waives: [...waived] }),
    ...(admitted.size > 0 && { admits: [...admitted] }),
  };
}
