import { describe, expect, test } from "vitest";
import type { Dialect } from "../harness/dialect.ts";
import { loadDrivers } from "../harness/drivers.ts";
import { loadScenarios } from "../harness/folder.ts";
import { run } from "../harness/lab.ts";
import { defaultTimers } from "../harness/plan.ts";
import { skipAloud } from "./skip.ts";

const nginx = (await loadDrivers()).find(({ name, via }) => name === "nginx" && via === "local");
const missing = await nginx?.missing();
const id = "malformed/status-four-digits";

describe("a row of a dialect", () => {
  const judged = async (change: (dialect: Dialect) => Dialect) => {
    if (!nginx) throw new Error("there is no driver for nginx");
    const scenarios = (await loadScenarios()).filter((scenario) => scenario.id === id);
    const drivers = [{ ...nginx, dialect: change(nginx.dialect) }];
    const cells = await run({ scenarios, drivers, timers: defaultTimers, seed: 1 });
    return cells.map(({ verdict }) => verdict);
  };

  test("explains its cell, and fails it when it is altered by hand or taken away", async (context) => {
    if (missing !== undefined) skipAloud(context, missing);
    const [explained] = await judged((dialect) => dialect);
    expect(explained).toMatchObject({ kind: "pass", departs: [expect.any(String)] });
    const [altered] = await judged((dialect) => ({
      ...dialect,
      rows: dialect.rows.map((row) => ({ ...row, ...("cause" in row.on ? {} : { answers: "own(500)" as const }) })),
    }));
    expect(altered?.kind).toBe("fail");
    const [unexplained] = await judged(({ rows, ...dialect }) => ({
      ...dialect,
      rows: rows.filter(({ on }) => "cause" in on),
    }));
    expect(unexplained?.kind).toBe("fail");
  });
});
