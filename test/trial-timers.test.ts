import { expect, test } from "vitest";
import { patienceFor, timersFor } from "../harness/lab/room.ts";
import { defaultTimers } from "../harness/plan.ts";

test("a scenario that speaks of timers gets the run's, both in its plan and for its own times", () => {
  expect(timersFor({ at: "head" }, defaultTimers, 1)).toEqual({ run: defaultTimers, plan: defaultTimers });
});

test("where the proxy knows whole seconds only, the scenario counts in the same seconds", () => {
  const { run, plan } = timersFor({ at: "head" }, { ...defaultTimers, idle: 1_200 }, 1_000);
  expect(run).toMatchObject({ head: 1_000, idle: 2_000, total: 0 });
  expect(plan).toEqual(run);
});

test("a scenario that does not speak of timers gets room in its plan, and no longer times of its own", () => {
  expect(timersFor({}, defaultTimers, 1_000)).toMatchObject({ run: { head: 300 }, plan: { head: 1_000, total: 0 } });
});

test("the client outlasts the timer that a scenario is about, and what takes its time in a coarse grain", () => {
  const fine = { run: defaultTimers, plan: { ...defaultTimers, head: 3_000 } };
  expect(patienceFor({}, ["own"], 5_000, fine)).toBe(5_000);
  expect(patienceFor({ at: "head" }, ["own"], 5_000, fine)).toBe(6_000);
  expect(patienceFor({}, ["own"], 5_000, timersFor({ at: "head" }, defaultTimers, 2_000))).toBe(12_000);
});

test("a client that is expected to hang waits as long as any scenario takes, and no longer", () => {
  const plain = timersFor({ at: "head" }, defaultTimers, 1);
  expect(patienceFor({ at: "total" }, ["hang"], 5_000, plain)).toBe(1_800);
  expect(patienceFor({ at: "head" }, [["cut", "hang"]], 5_000, plain)).toBe(1_800);
  expect(patienceFor({ at: "head" }, ["hang"], 5_000, timersFor({ at: "head" }, defaultTimers, 2_000))).toBe(12_000);
  const unbounded = { ...defaultTimers, head: 0 };
  expect(patienceFor({}, ["hang"], 5_000, { run: unbounded, plan: unbounded })).toBe(5_000);
});
