import { describe, expect, test } from "vitest";
import { distributions } from "../../harness/report/distribution.ts";
import { plain } from "../../harness/report/paint.ts";
import { textReport } from "../../harness/report/text.ts";
import { cell, driver, exchange, facts, scenario, trial } from "./cells.ts";

const gateway = driver("gateway", { via: "embedded" });
const nginx = driver("nginx", { via: "local" });

const ran = (id: string, seed: number, outcomes: readonly ("own(502)" | "clean")[], racy?: string, on = gateway) =>
  cell(scenario(id, racy === undefined ? {} : { racy }), on, "pass", {
    trial: trial({ seed, version: "0.1.0", exchanges: outcomes.map((outcome) => exchange(outcome)) }),
  });

describe("distributions", () => {
  test("keep scenarios, their remedied form and drivers apart", () => {
    const remedied = { ...ran("pool/a", 1, ["clean"]), scenario: scenario("pool/a", { remedied: true }) };
    const cells = [
      ran("pool/a", 1, ["clean"]),
      remedied,
      ran("pool/a", 1, ["clean"], undefined, nginx),
      ran("pool/a", 2, ["clean"]),
    ];
    expect(distributions(cells).map(({ cells }) => cells.length)).toEqual([2, 1, 1]);
  });

  test("count every outcome over all runs", () => {
    const [distribution] = distributions([
      ran("pool/a", 1, ["own(502)", "clean", "clean"]),
      ran("pool/a", 2, ["clean"]),
    ]);
    expect([...(distribution?.outcomes ?? [])]).toEqual([
      ["clean", 3],
      ["own(502)", 1],
    ]);
  });

  test("know runs that gave the same from others, whatever the order of their outcomes", () => {
    const runs = [
      ran("pool/a", 1, ["own(502)", "clean"]),
      ran("pool/a", 2, ["clean", "own(502)"]),
      ran("pool/a", 3, ["clean", "clean"]),
    ];
    const [distribution] = distributions(runs);
    expect([...(distribution?.alike ?? [])].map(([text, cells]) => [text, cells.length])).toEqual([
      ["clean, 502", 2],
      ["2× clean", 1],
    ]);
  });

  test("have no run where there was no trial", () => {
    const [distribution] = distributions([cell(scenario("pool/a"), gateway, "skipped", { why: ["no perl here"] })]);
    expect(distribution?.alike.size).toBe(0);
  });
});

describe("the report of several runs", () => {
  const steady = [1, 2, 3, 4].map((seed) => ran("pool/steady", seed + 6, ["clean"]));
  const racy = [1, 2, 3, 4].map((seed) =>
    ran("pool/racy", seed + 6, seed === 3 ? ["own(502)"] : ["clean"], "It is chance."),
  );
  const repeated = { ...facts, repeat: 4 };

  test("has one row for each scenario, with all its outcomes, and tells the seeds", () => {
    const report = textReport([...steady, ...racy], repeated, { paint: plain });
    expect(report).toMatch(/^pool\/steady {2}✓ {2}4× clean /m);
    expect(report).toMatch(/^pool\/racy {4}✓ {2}3× clean, 502 /m);
    expect(report).toContain("8 trials in 2.8 s, seeds 7 to 10");
  });

  test("shows what varied, how often, and the seed that brings it back", () => {
    const report = textReport([...steady, ...racy], repeated, { paint: plain });
    const at = report.indexOf("~ ");
    expect(report.slice(at).split("\n").slice(0, 6)).toEqual([
      "~ pool/racy on gateway 0.1.0 varies",
      "  It is chance.",
      "    ✓ 3 of 4  clean  --seed 7",
      "    ✓ 1 of 4  502    --seed 9",
      "    of 4 requests: clean 75 %, 502 1 in 4",
      "",
    ]);
    expect(report.split("varies")).toHaveLength(2);
  });

  test("says so when nothing allows it", () => {
    const report = textReport(
      [ran("pool/a", 7, ["clean"]), ran("pool/a", 8, ["own(502)"])],
      { ...facts, repeat: 2 },
      { paint: plain },
    );
    expect(report).toContain("~ pool/a on gateway 0.1.0 varies\n  Nothing says that it may.\n");
  });

  test("tells what the proxy's dialect says of it", () => {
    const varying = [ran("pool/a", 7, ["clean"]), ran("pool/a", 8, ["own(502)"])].map((cell) => ({
      ...cell,
      verdict: { kind: "pass" as const, why: [], departs: ["Chance decides. (a source)"] },
    }));
    const report = textReport(varying, { ...facts, repeat: 2 }, { paint: plain });
    expect(report).toContain("~ pool/a on gateway 0.1.0 varies\n  Chance decides. (a source)\n");
  });

  test("explains the first run that failed, with its own seed", () => {
    const failed = {
      ...ran("pool/a", 8, ["own(502)"]),
      verdict: { kind: "fail" as const, why: ["own(502), wanted clean"], departs: ["Chance decides. (a source)"] },
    };
    const report = textReport([ran("pool/a", 7, ["clean"]), failed], { ...facts, repeat: 2 }, { paint: plain });
    expect(report).toMatch(/^pool\/a {2}✗ /m);
    expect(report).toContain("✗ pool/a on gateway 0.1.0");
    expect(report).toContain("again: badgateway run pool/a --proxy gateway --seed 8");
    expect(report).toContain("varies\n  Nothing says that it may.\n");
    expect(report).toContain("    ✗ 1 of 2  502    --seed 8\n");
  });
});
