import { describe, expect, test } from "vitest";
import { columns } from "../../harness/report/lines.ts";
import { plain } from "../../harness/report/paint.ts";
import { textReport } from "../../harness/report/text.ts";
import { cell, driver, exchange, facts, scenario, trial } from "./cells.ts";

const gateway = driver("gateway", { via: "embedded" });
const nginx = driver("nginx", { via: "container" });
const view = { paint: plain };

/** One cell of each kind, on two proxies. */
const cells = [
  cell(scenario("slow/never"), gateway, "pass", { trial: trial({ version: "0.1.0" }) }),
  cell(scenario("slow/never"), nginx, "pass", {
    trial: trial({ exchanges: [exchange("own(502)", { took: 12 })] }),
    departs: ["it knows no such timer (docs.example/timer)"],
  }),
  cell(scenario("slow/never", { remedied: true }), gateway, "pass", {
    trial: trial({ exchanges: [exchange("clean")] }),
  }),
  cell(scenario("slow/never", { remedied: true }), nginx, "void", {
    why: ["not proven: “sent” was noted 0 times, wanted at least 1"],
    trial: trial({ exchanges: [exchange("clean", { took: 5 })] }),
  }),
  cell(scenario("tls/expired"), gateway, "fail", {
    why: ["own(504), wanted own(502)"],
    trial: trial({ scenario: "tls/expired", said: ["[error] upstream timed out"] }),
  }),
  cell(scenario("tls/expired"), nginx, "skipped", { why: ["no perl here: apt-get install perl"] }),
];

describe("textReport", () => {
  const report = textReport(cells, facts, view);

  test("begins with scenarios × proxies", () => {
    expect(report.split("\n").slice(0, 8)).toEqual([
      "              gateway 0.1.0     nginx (container) 1.22.1",
      "",
      "slow/never    ✓  504    301 ms  ✓  502*     12 ms",
      "  ↳ remedied  ✓  clean  301 ms  ○  clean     5 ms",
      "",
      "tls/expired   ✗  504    301 ms  –  skipped",
      "",
      "* nginx (container) 1.22.1 departs from the standards, as measured",
    ]);
  });

  test("spells out each departure with the scenarios it holds for", () => {
    expect(report).toContain("as measured\n  slow/never\n    it knows no such timer (docs.example/timer)\n");
  });

  test("explains what failed, with what it takes to understand it", () => {
    const at = report.indexOf("✗ tls/expired on gateway");
    expect(report.slice(at, report.indexOf("again:", at)).split("\n")).toEqual([
      "✗ tls/expired on gateway 1.22.1",
      "  The title of tls/expired",
      "  own(504), wanted own(502)",
      "",
      "  the client",
      "    GET /path HTTP/1.1 (35 octets) → HTTP/1.1 504 Gateway Timeout (51 octets), whole after 301 ms",
      "",
      "  both ends",
      "     ms  who         act",
      "    0.1  client      asked   GET /path",
      "    1.0  upstream 1  silent",
      "",
      "  nginx said",
      "    [error] upstream timed out",
      "",
      "  ",
    ]);
  });

  test("has neither outcome nor time of a trial that was spoiled before anything was asked", () => {
    const spoiled = trial({ exchanges: [], spoiled: "the backend could not be armed" });
    const only = [cell(scenario("slow/never"), nginx, "void", { why: ["spoiled"], trial: spoiled })];
    expect(textReport(only, facts, view)).toMatch(/^slow\/never +○ {2}void$/m);
  });

  test("tells how to have a trial again, timers included", () => {
    expect(report).toContain("again: badgateway run slow/never --proxy nginx --via container --seed 7\n");
    const changed = { ...facts, timers: { ...facts.timers, head: 150, total: 2000 } };
    expect(textReport(cells, changed, view)).toContain("--timers head=150,total=2000 --seed 7\n");
  });

  test("says once for each reason what was skipped", () => {
    expect(report).toContain(
      "– nginx (container) 1.22.1: 1 scenario skipped: no perl here: apt-get install perl\n    tls/expired\n",
    );
  });

  test("ends with the sum for each proxy", () => {
    expect(report.split("\n").slice(-3)).toEqual([
      "✗ gateway 0.1.0             2 as claimed, 1 failed",
      "○ nginx (container) 1.22.1  1 as claimed, 1 void, 1 skipped",
      "  5 trials in 2.8 s, seed 7",
    ]);
  });

  test.each([44, 58, 80])("fits a terminal of %i columns", (width) => {
    const narrow = textReport(cells, facts, { ...view, width });
    // A command to copy, and words longer than the terminal is wide, stay whole.
    const lines = narrow.split("\n").filter((line) => !line.includes("again:") && columns(line) > width);
    expect(lines.filter((line) => line.trim().includes(" "))).toEqual([]);
  });

  test("stands proxies below each other where there is no room side by side", () => {
    const narrow = textReport(cells, facts, { ...view, width: 50 });
    expect(narrow.split("\n").slice(0, 3)).toEqual([
      "slow/never",
      "    gateway            ✓  504      301 ms",
      "    nginx (container)  ✓  502*      12 ms",
    ]);
  });
});

test("a whole column that came to nothing is told in one sentence", () => {
  const refused = ["slow/a", "slow/b", "slow/c"].map((id) =>
    cell(scenario(id), nginx, "fail", { why: ["nginx did not start: bind() failed"] }),
  );
  const report = textReport(refused, facts, view);
  expect(report).toContain("✗ nginx (container): all scenarios failed: nginx did not start: bind() failed\n");
  expect(report.match(/did not start/g)).toHaveLength(1);
});

test("a proxy that is not here is told in one line, with what supplies it", () => {
  const absent = [
    { driver: "haproxy", via: "local", missing: "no haproxy on the PATH: apt-get install haproxy" },
  ] as const;
  expect(textReport(cells, { ...facts, absent }, view)).toContain(
    "– haproxy is not here: no haproxy on the PATH: apt-get install haproxy\n",
  );
});

test("repeated asks are counted", () => {
  const several = (...outcomes: Parameters<typeof exchange>[0][]) =>
    textReport(
      [
        cell(scenario("pool/limit"), gateway, "pass", {
          trial: trial({ exchanges: outcomes.map((o) => exchange(o)) }),
        }),
      ],
      facts,
      view,
    ).split("\n")[2];
  expect(several("own(502)", "clean")).toContain("✓  502, clean  ");
  expect(several("clean", "clean")).toContain("✓  2× clean  ");
  expect(several("clean", "own(503)", "clean", "relayed(413)")).toContain("✓  2× clean, 503, 413 relayed  ");
});
