import { expect, test } from "vitest";
import { defaultTimers } from "../../harness/plan.ts";
import { scaleText } from "../../harness/report/text-scale.ts";

test("what stands for a vendor's timers is told with its scale; what the vendor does not publish is left out", () => {
  expect(scaleText("profile:fastly", { connect: 1_000, head: 15_000 }, defaultTimers)).toBe(
    "profile:fastly: connect 300 ms stands for 1 s (1 : 3.3), head 300 ms stands for 15 s (1 : 50)",
  );
  expect(scaleText("profile:fastly", { connect: 1_000 }, { ...defaultTimers, connect: 1_000 })).toBe(
    "profile:fastly: connect 1 s",
  );
  expect(scaleText("profile:new", {}, defaultTimers)).toBe("profile:new: its vendor publishes no timers");
});
