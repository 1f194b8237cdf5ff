import { describe, expect, test } from "vitest";
import { columns } from "../../harness/report/lines.ts";
import { plain } from "../../harness/report/paint.ts";
import { progressLine, progressPicture } from "../../harness/report/progress.ts";
import { cell, driver, scenario } from "./cells.ts";

const gateway = driver("gateway", { via: "embedded" });
const nginx = driver("nginx", { via: "container" });
const cells = [
  cell(scenario("slow/a"), gateway, "pass"),
  cell(scenario("slow/b"), gateway, "fail"),
  cell(scenario("slow/a"), nginx, "void"),
];
const standing = { cells, drivers: [gateway, nginx], count: 4, took: 1_234 };

describe("progressPicture", () => {
  test("has a line for each proxy, with what is not as claimed", () => {
    expect(progressPicture(standing, { paint: plain, width: 100 }).split("\n")).toEqual([
      "gateway            ━━━━━━━━━━━━━━━───────────────  2/4  ✗ 1",
      "nginx (container)  ━━━━━━━━──────────────────────  1/4  ○ 1",
      "1.2 s",
    ]);
  });

  test.each([34, 40, 50, 80, 200])("is never wider than a terminal of %i columns", (width) => {
    const widths = progressPicture(standing, { paint: plain, width }).split("\n").map(columns);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });
});

test("progressLine sums a family up", () => {
  expect(progressLine("slow", cells.slice(0, 2))).toBe("✗ slow on gateway: 1 as claimed, 1 failed");
});
