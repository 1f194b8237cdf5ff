import { expect, test } from "vitest";
import { plain } from "../../harness/report/paint.ts";
import { textColumns } from "../../harness/report/text-columns.ts";

const columns = [
  { driver: "squid", via: "local", backends: 912, start: 1_204, run: 8_400, rest: 11_000, stop: 240 },
  { driver: "nginx", via: "container", backends: 850, start: 94, run: 3_100, rest: 0, stop: 110 },
  { driver: "gateway", via: "embedded", others: 2, backends: 1_000, start: 500, run: 4_100, rest: 2_000, stop: 900 },
] as const;

test("tells what each driver took, column by column, or line by line where there is no room", () => {
  expect(textColumns(columns, { paint: plain }).split("\n")).toEqual([
    "  Each driver: its backends open, the proxy started, asked, what was left beside the next, closed",
    "                      backends  start    run    rest   stop",
    "  squid                  0.9 s  1.2 s  8.4 s  11.0 s  0.2 s",
    "  nginx (container)      0.8 s  0.1 s  3.1 s   0.0 s  0.1 s",
    "  gateway and 2 more     1.0 s  0.5 s  4.1 s   2.0 s  0.9 s",
  ]);
  expect(textColumns(columns, { paint: plain, width: 40 })).toContain("squid: backends 0.9 s, start 1.2 s,");
  expect(textColumns([], { paint: plain })).toBe("");
});
