import { expect, test } from "vitest";
import { plain } from "../../harness/report/paint.ts";
import { textTiming } from "../../harness/report/text-timing.ts";
import { cell, driver, exchange, scenario, trial } from "./cells.ts";

const nginx = driver("nginx", {
  dialect: {
    rows: [{ on: { id: "slow/head" }, at: "never", reason: "-", source: "-", versions: "*" }],
  },
});
const coarse = driver("coarse", { unit: 1000 });
const took = (milliseconds: number) => trial({ exchanges: [exchange("own(504)", { took: milliseconds })] });

test("tells how late each answer was, the latest first, against the timer that the proxy really has", () => {
  const cells = [
    cell(scenario("slow/a"), nginx, "pass", { trial: took(299.5) }),
    cell(scenario("slow/b"), nginx, "pass", { trial: took(312.25) }),
    cell(scenario("slow/c"), nginx, "pass", { trial: trial({ exchanges: [exchange("clean")] }) }),
    cell(scenario("slow/head"), nginx, "pass", { trial: took(2) }),
    cell(scenario("slow/a"), coarse, "pass", { trial: took(1004) }),
  ];
  expect(textTiming(cells, { paint: plain }).split("\n")).toEqual([
    "nginx 1.22.1: 2 answers at a timer, +5.9 ms in the median, +12.3 ms at most",
    "          timer            took      late",
    "  slow/b  head 300 ms  312.3 ms  +12.3 ms",
    "  slow/a  head 300 ms  299.5 ms   −0.5 ms",
    "",
    "coarse 1.22.1: 1 answer at a timer, +4.0 ms in the median, +4.0 ms at most",
    "          timer              took     late",
    "  slow/a  head 1000 ms  1004.0 ms  +4.0 ms",
  ]);
  expect(textTiming(cells, { paint: plain, width: 40 })).toContain("\n  slow/b: head 300 ms +12.3 ms\n");
});
