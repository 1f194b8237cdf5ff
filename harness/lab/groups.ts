import type { ProxyDriver } from "../driver.ts";
import type { NamedScenario } from "../scenario.ts";

/** Drivers that are asked these scenarios together, of one fault each. Mostly that is one driver alone. */
export interface Group {
  readonly drivers: readonly [ProxyDriver, ...ProxyDriver[]];
  readonly scenarios: readonly NamedScenario[];
}

/** Every driver with every scenario, in as few groups as their companies allow; in the order of the drivers. */
export function groupsOf(drivers: readonly ProxyDriver[], scenarios: readonly NamedScenario[]): Group[] {
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
