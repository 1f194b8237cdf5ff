import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { ProxyDriver } from "../harness/driver.ts";
import { loadDrivers } from "../harness/drivers.ts";
import { loadScenarios } from "../harness/folder.ts";
import { type Cell, run } from "../harness/lab.ts";
import { defaultTimers } from "../harness/plan.ts";
import { label, withRemedies } from "../harness/remedy.ts";
import { explain } from "../harness/report/explain.ts";
import { schemas } from "../harness/report/schema.ts";
import { needsNobody, runAsNobody } from "./as-nobody.ts";
import { skipAloud } from "./skip.ts";

// One run of the lab feeds a spec a cell: the timers of all cells run out side by side,
// whatever vitest's own limit on concurrent tests may be.
const drivers = await loadDrivers();
const scenarios = withRemedies(await loadScenarios());

/**
 * What each driver is asked: our gateway and nginx, local and in a container, everything; the profiles, which share their
 * exchanges, all but what moves megabytes, since sixteen clients at once would move half a gigabyte; of the others one
 * scenario of each family shows that they work, and their dialects are held against what was measured. With
 * `BADGATEWAY_MATRIX=1` every local proxy is asked everything.
 */
const sample = [...Map.groupBy(scenarios, ({ id }) => id.split("/")[0]).values()].flatMap(([first]) => first ?? []);
const light = scenarios.filter(({ alone }) => !alone);
function askedOf({ name, via }: ProxyDriver) {
  if (via === "profile") return light;
  const wholly = ["gateway", "nginx"].includes(name) || (via === "local" && process.env.BADGATEWAY_MATRIX === "1");
  return wholly ? scenarios : sample;
}
const cells: Cell[] = [];
for (const [scenarios, some] of Map.groupBy(drivers, askedOf)) {
  cells.push(...(await run({ timers: defaultTimers, seed: 1, scenarios, drivers: some })));
}
const ofNobody = await runAsNobody(cells);

const validTrial = new Ajv2020({ strict: true }).compile(schemas["trial.schema.json"] ?? {});
const columnOf = (driver: ProxyDriver): Cell[] => cells.filter((cell) => cell.driver === driver);

describe.each(drivers)("$name ($via)", (driver) => {
  test("has a cell for every scenario", () => {
    expect(
      columnOf(driver)
        .map(({ scenario }) => label(scenario))
        .sort(),
    ).toEqual(askedOf(driver).map(label).sort());
  });

  test("has trials as the published schema has them", () => {
    for (const { trial } of columnOf(driver)) {
      if (!trial) continue;
      validTrial(JSON.parse(JSON.stringify(trial)));
      expect(validTrial.errors, trial.scenario).toBeNull();
    }
  });

  test.for(columnOf(driver).map((cell) => ({ id: label(cell.scenario), cell })))("$id", ({ cell }, context) => {
    const asNobody = needsNobody(cell) ? ofNobody(cell) : undefined;
    const { kind, why } = asNobody ?? cell.verdict;
    if (kind === "skipped") return skipAloud(context, why.join("; "));
    if (kind === "inapplicable") return expect(driver.cannot, why.join("; ")).toBeDefined();
    expect(kind, asNobody?.text ?? explain(cell)).toBe("pass");
  });
});
