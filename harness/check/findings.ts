import type { Dialect } from "../dialect.ts";
import { expectationOf, rowFor } from "../expectation.ts";
import type { Cell } from "../lab.ts";
import { causesOf, type NamedScenario } from "../scenario.ts";
import { advice } from "./advice.ts";
import { type Finding, gravity, type Observation } from "./finding.ts";
import { observe } from "./observe.ts";

export interface FindingContext {
  /** The catalogue as it is: what was put to the proxy may have lost its timer. */
  readonly scenarios: readonly NamedScenario[];
  /** What kind of proxy it is, where one knows, and how its like was measured. */
  readonly proxy?: { readonly name: string; readonly dialect: Dialect };
}

/** All that a check has found, the gravest first; what is alike stands together. */
export function findingsOf(cells: readonly Cell[], { scenarios, proxy }: FindingContext): Finding[] {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const each = cells.flatMap(observe).map(({ cell, ...observation }) => {
    const page = byId.get(cell.scenario.id) ?? cell.scenario;
    return {
      ...observation,
      id: page.id,
      change: advice(observation.kind, page, proxy?.name),
      known: proxy && knownOf(cell, proxy.dialect),
      accepted: acceptedOf(cell, observation.kind),
    };
  });
  const alike = Map.groupBy(each, ({ kind, came, change, known, accepted }) =>
    [kind, came, change, known, accepted].join("\n"),
  );
  return [...alike.values()]
    .flatMap((group): Finding[] => {
      const [first] = group;
      if (!first) return [];
      const { id: _, known, accepted, ...finding } = first;
      return [
        {
          ...finding,
          scenarios: all(group.map(({ id }) => id)).sort(),
          asked: all(group.map(({ asked }) => asked)).join("; or "),
          spec: all(group.flatMap(({ spec }) => spec)),
          ...(known !== undefined && { known }),
          ...(accepted !== undefined && { accepted }),
        },
      ];
    })
    .sort((a, b) => rank(a) - rank(b));
}

function all(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function rank({ kind, accepted }: Finding): number {
  return gravity.indexOf(kind) + (accepted === undefined ? 0 : gravity.length);
}

/** Why proxies of this kind do so, as it was measured on them. */
function knownOf({ scenario, trial }: Cell, dialect: Dialect): string | undefined {
  if (!trial || trial.version === "unknown") return undefined;
  const row = rowFor(dialect.rows, scenario.id, causesOf(scenario));
  if (!row) return undefined;
  const came = trial.exchanges.map(({ outcome }) => outcome);
  const { claims } = expectationOf(scenario, { rows: [{ ...row, versions: "*" }] }, trial.version);
  const explained = trial.exchanges.every(({ ask }, index) =>
    [claims[ask]].flat().some((word) => word === came[index]),
  );
  return explained ? row.reason : undefined;
}

/** Where somebody has written that this is so: the verdict passes for that reason. */
function acceptedOf({ verdict }: Cell, kind: Observation["kind"]): string | undefined {
  if (kind === "broken-off" || kind === "unseen" || verdict.kind !== "pass") return undefined;
  return verdict.departs?.join("; ");
}
