import type { Cause } from "../cause.ts";
import type { Claim, Tally } from "../outcome.ts";
import type { TimerName } from "../plan.ts";
import { causesOf, type NamedScenario, type Proof, type Story } from "../scenario.ts";

/** What a report tells of a scenario, kept with the run, so that whoever reads it needs no scenario files. Plain JSON. */
export interface ScenarioRecord {
  readonly id: string;
  readonly title: string;
  readonly causes: readonly Cause[];
  /** One for each ask. */
  readonly claims: readonly (Claim | Tally)[];
  readonly at?: TimerName;
  /** By name: what must not stand in any response head, and what must in a relayed one. */
  readonly never?: readonly string[];
  readonly always?: readonly string[];
  readonly proof: readonly Proof[];
  /** What it claims and proves with the cause taken away. */
  readonly remedied?: { readonly claims: readonly (Claim | Tally)[]; readonly proof: readonly Proof[] };
  readonly racy?: string;
  readonly story: Story;
  readonly spec: readonly string[];
}

/** The scenarios of some cells, each once: a remedied one is told by the scenario that it is the remedy of. */
export function scenarioRecords(scenarios: readonly NamedScenario[]): ScenarioRecord[] {
  const byId = Map.groupBy(scenarios, ({ id }) => id);
  return [...byId.values()].flatMap((forms) => {
    const remedied = forms.find((form) => form.remedied);
    const told = forms.find((form) => !form.remedied) ?? remedied;
    return told ? [recordOf(told, remedied)] : [];
  });
}

function recordOf(scenario: NamedScenario, remedied: NamedScenario | undefined): ScenarioRecord {
  const { id, title, at, never, always, proof, racy, story, spec } = scenario;
  return {
    id,
    title,
    causes: causesOf(scenario),
    claims: claimsOf(scenario),
    ...(at && { at }),
    ...(never && { never: Object.keys(never) }),
    ...(always && { always: Object.keys(always) }),
    proof,
    ...(remedied && { remedied: { claims: claimsOf(remedied), proof: remedied.proof } }),
    ...(racy !== undefined && { racy }),
    story,
    spec,
  };
}

function claimsOf({ asks = [{}], claim }: NamedScenario): (Claim | Tally)[] {
  return asks.map((ask) => ask.claim ?? claim);
}
