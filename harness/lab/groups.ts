import type { ProxyDriver } from "../driver.ts";
import type { NamedScenario } from "../scenario.ts";

/** Drivers that are asked these scenarios together, of one fault each. Mostly that is one driver alone. */
export interface Group {
  readonly drivers: readonly [ProxyDriver, ...ProxyDriver[]];
  readonly scenarios: readonly NamedScenario[];
  /** Every driver has proxy and exchanges of its own, and shares what stands behind the upstreams. */
  readonly inCommon?: true;
}

/** An application has a port for each proxy, and where its descriptors are the subject it has not many. */
const mostInCommon = 24;

/**
 * Every driver with every scenario, in as few groups as their companies allow; in the order of the drivers. What drivers
 * may have in common comes behind the first one: much of it is then left beside all others.
 */
export function groupsOf(drivers: readonly ProxyDriver[], scenarios: readonly NamedScenario[]): Group[] {
  const [first, ...others] = drivers.filter(({ company }) => !company);
  const common = scenarios.filter(({ upstreams }) => upstreams.length > 0 && upstreams.every(({ openAll }) => openAll));
  if (!first || others.length === 0 || common.length === 0) return groupsApart(drivers, scenarios);
  const rest = scenarios.filter((scenario) => !common.includes(scenario));
  const groups = drivers.flatMap((driver) => (driver.company ? [] : groupsApart([driver], rest)));
  const companies = groupsApart(
    drivers.filter(({ company }) => company),
    scenarios,
  );
  const inCommon = dealt([first, ...others]).map((drivers): Group => ({ drivers, scenarios: common, inCommon: true }));
  return [...groups.slice(0, 1), ...inCommon, ...groups.slice(1), ...companies].filter(
    (group) => group.scenarios.length > 0,
  );
}

/** Those in front of one backend, as few as need be. */
function dealt([first, ...others]: Group["drivers"]): Group["drivers"][] {
  const [next, ...left] = others.slice(mostInCommon - 1);
  const drivers: Group["drivers"] = [first, ...others.slice(0, mostInCommon - 1)];
  return next ? [drivers, ...dealt([next, ...left])] : [drivers];
}

function groupsApart(drivers: readonly ProxyDriver[], scenarios: readonly NamedScenario[]): Group[] {
  const companies = Map.groupBy(drivers, (driver) => driver.company ?? driver);
  return [...companies.values()].flatMap((members) => {
    const [first] = members;
    if (!first?.company) return members.map((driver): Group => ({ drivers: [driver], scenarios }));
    const { conduct } = first.company;
    const shared = scenarios.flatMap((scenario) =>
      [...Map.groupBy(members, (driver) => conduct(driver, scenario)).values()].map((alike) => ({ scenario, alike })),
    );
    const byMembers = Map.groupBy(shared, ({ alike }) => alike.map(({ name }) => name).join());
    return [...byMembers.values()].flatMap((parts): Group[] => {
      const [lead, ...others] = parts[0]?.alike ?? [];
      return lead ? [{ drivers: [lead, ...others], scenarios: parts.map(({ scenario }) => scenario) }] : [];
    });
  });
}
