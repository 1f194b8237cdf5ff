import { beforeAll, describe, expect, type TestContext, test } from "vitest";
import { type Cell, run } from "../lab.ts";
import { type RunScenariosOptions, settingsOf } from "../library/run-scenarios.ts";
import { label } from "../remedy.ts";
import { explain } from "../report/explain.ts";
import { driverName } from "../report/words.ts";

export interface ScenarioSuiteOptions extends Omit<RunScenariosOptions, "signal" | "onCell"> {
  /** For the whole run, in milliseconds; 300,000 unless told. */
  readonly deadline?: number;
}

/**
 * Declares a spec for every scenario on every proxy. One run of the lab feeds them all, so that the timers of all cells
 * run out side by side. What this machine lacks, and what a proxy has no means for, is skipped with the reason;
 * with `BADGATEWAY_NO_SKIPS=1` what is lacking fails.
 */
export function scenarioSuite({ deadline = 300_000, ...options }: ScenarioSuiteOptions): void {
  describe("badgateway", async () => {
    const settings = await settingsOf(options);
    const { scenarios, drivers } = settings;
    const cells = new Map<string, Cell>();
    beforeAll(async () => {
      const signal = AbortSignal.timeout(deadline);
      for (const cell of await run({ ...settings, signal })) cells.set(keyOf(cell), cell);
    }, deadline + 10_000);
    for (const driver of drivers)
      describe(driverName(driver), () => {
        for (const scenario of scenarios)
          test(label(scenario), (context) => holds(cells.get(keyOf({ scenario, driver })), context));
      });
  });
}

function keyOf({ scenario, driver }: Pick<Cell, "scenario" | "driver">): string {
  return `${driverName(driver)} ${label(scenario)}`;
}

function holds(cell: Cell | undefined, context: TestContext): void {
  if (!cell) throw new Error("the run of the lab has given no such cell");
  const { kind, why } = cell.verdict;
  const reason = why.join("; ");
  if (kind === "inapplicable") context.skip(reason);
  if (kind === "skipped" && process.env.BADGATEWAY_NO_SKIPS !== "1") context.skip(reason);
  expect(kind, explain(cell)).toBe("pass");
}
