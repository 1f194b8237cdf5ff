import { expect, test } from "vitest";
import { outdatedIn, recordedSource } from "../../harness/check/recorded.ts";
import { scenario } from "../report/cells.ts";

test("what was recorded when other requests were put is not expected of those that are put now", () => {
  const record = {
    format: 1,
    recorded: "2026-01-31",
    scenarios: { "crash/same": { outcomes: [["own(502)"]] }, "crash/grown": { outcomes: [["own(502)"]] } },
  } as const;
  const scenarios = [scenario("crash/same"), scenario("crash/grown", { asks: [{}, {}] }), scenario("crash/new")];
  expect(recordedSource(record, scenarios, "outcomes.json").rows.map(({ on }) => on)).toEqual([{ id: "crash/same" }]);
  expect(outdatedIn(record, scenarios)).toEqual(["crash/grown"]);
});
