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
  expect(patienceFor({}, 5_000, fine)).toBe(5_000);
  expect(patienceFor({ at: "head" }, 5_000, fine)).toBe(6_000);
  expect(patienceFor({}, 5_000, timersFor({ at: "head" }, defaultTimers, 2_000))).toBe(12_000);
});

test("a client that is expected to hang waits until every timer has had the time to run out twice", () => {
  const fine = timersFor({ at: "head" }, defaultTimers, 1);
  expect(patienceFor({ at: "head" }, 5_000, fine, true)).toBe(1_800);
  expect(patienceFor({}, 5_000, { ...fine, plan: { ...fine.plan, idle: 2_000 } }, true)).toBe(4_000);
  expect(patienceFor({ at: "head" }, 5_000, timersFor({ at: "head" }, defaultTimers, 2_000), true)).toBe(12_000);
  const off = { resolve: 0, connect: 0, tls: 0, send: 0, head: 0, idle: 0, total: 0 };
  expect(patienceFor({}, 5_000, { run: off, plan: off }, true)).toBe(5_000);
});
