import { expect, test } from "vitest";
import { expectationOf } from "../harness/expectation.ts";
import { loadScenarios } from "../harness/folder.ts";
import { turnOf } from "../harness/lab/turn.ts";
import { defaultTimers } from "../harness/plan.ts";
import { withRemedies } from "../harness/remedy.ts";

const scenarios = withRemedies(await loadScenarios());

/** The turn of a scenario with a proxy of this dialect; the remedied one has a mark behind its name. */
function turn(name: string, answers?: "hang", unit = 1, timers = defaultTimers): string {
  const [id, remedied] = name.split("+");
  const scenario = scenarios.find(
    (each) => each.id === id && (each.remedied !== undefined) === (remedied !== undefined),
  );
  if (!id || !scenario) throw new RangeError(`there is no scenario ${name}`);
  const row = answers && { on: { id }, answers, versions: "*", reason: "It says so.", source: "here" };
  return turnOf(scenario, expectationOf(scenario, { rows: row ? [row] : [] }, "1.0"), unit, timers);
}

test.each([
  ["crash/reset-mid-body", "prompt"],
  ["container/paused", "timed"],
  ["slow/never-answers", "timed"],
  ["slow/just-in-time", "timed"], // no answer at the timer, and yet it is about one
  ["pool/flapping", "timed"], // the clock of its health checks
  ["exhaustion/memory", "prompt"], // a timer with room for what happens, not one to wait for
  ["exhaustion/memory+remedied", "long"],
  ["slow/late-answer+remedied", "long"],
  ["tls/unknown-authority+remedied", "prompt"],
  ["control/large-body", "alone"],
  ["slow/unread-upload", "timed"], // it waits for a timer when its megabytes lie still
])("%s: %s", (name, wanted) => {
  expect(turn(name)).toBe(wanted);
});

test("where a client will hang it waits from the beginning", () => {
  expect(turn("slow/never-answers", "hang")).toBe("long");
  expect(turn("slow/unread-upload", "hang")).toBe("timed"); // with its megabytes
});

test("what may be a second late is not made too late by who takes the processor; health checks come at their times", () => {
  const head = 5 * defaultTimers.head;
  expect(turn("container/disconnected", undefined, 1, { ...defaultTimers, head })).toBe("prompt");
  expect(turn("slow/never-answers", undefined, 1_000)).toBe("long");
  expect(turn("slow/just-in-time", undefined, 1_000)).toBe("long");
  expect(turn("malformed/endless-interim", undefined, 1_000)).toBe("long"); // a timer may be what ends it
  expect(turn("malformed/endless-interim")).toBe("prompt");
  expect(turn("pool/flapping", undefined, 1_000)).toBe("timed");
  expect(turn("crash/reset-mid-body", undefined, 1_000)).toBe("prompt");
});
