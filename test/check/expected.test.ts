import { expect, test } from "vitest";
import { type ExpectationSource, expectedBy } from "../../harness/check/expected.ts";
import { expectationOf } from "../../harness/expectation.ts";
import { loadScenarios } from "../../harness/folder.ts";

const scenarios = new Map((await loadScenarios()).map((scenario) => [scenario.id, scenario]));

function claimed(sources: Parameters<typeof expectedBy>[0], id: string) {
  const scenario = scenarios.get(id);
  if (!scenario) throw new Error(`there is no ${id}`);
  const { claims, own, reasons } = expectationOf(scenario, expectedBy(sources, scenario), "unknown");
  return { claims, own, reasons };
}

const documented = { reason: "as a balancer documents it", source: "its manual", versions: "*" } as const;
const balancer = {
  rows: [
    { ...documented, on: { cause: "connection_refused" }, answers: "own(503)" },
    { ...documented, on: { cause: "connection_terminated" }, answers: "own(504)" },
  ],
} satisfies ExpectationSource;
const recorded = {
  rows: [
    { on: { id: "crash/refused" }, answers: "own(500)", reason: "recorded", source: "a file", versions: "*" } as const,
  ],
};

test("the standards are expected where no source speaks of a scenario", () => {
  expect(claimed([], "crash/refused")).toEqual({ claims: ["own"], own: ["own(502)"], reasons: [] });
  const silent = claimed([balancer], "slow/never-answers");
  expect(silent).toEqual({ claims: ["own"], own: ["own(504)"], reasons: [] });
});

test("what a proxy documents for a cause rewrites its own answers, and nothing that is relayed or cut", () => {
  expect(claimed([balancer], "crash/refused")).toEqual({
    claims: [["own(503)"]],
    own: ["own(503)"],
    reasons: ["as a balancer documents it (its manual)"],
  });
  expect(claimed([balancer], "crash/reset-mid-body").claims).toEqual([["cut"]]);
  // A tally speaks of the proxy's own answers too.
  expect(claimed([balancer], "pool/one-of-two-dead").claims).toEqual([{ tally: { "own(503)": 3, clean: 3 } }]);
});

test("the first source that speaks of a scenario counts", () => {
  expect(claimed([recorded, balancer], "crash/refused").claims).toEqual(["own(500)"]);
  expect(claimed([recorded, balancer], "crash/reset-after-request").claims).toEqual([["own(504)"]]);
});
