import { describe, expect, test } from "vitest";
import type { CellRecord, RunDocument } from "../../harness/report/json.ts";
import { mergeRuns } from "../../harness/report/merge-runs.ts";
import { run } from "./run.ts";

const told = ({ cells }: RunDocument) =>
  cells.map(({ scenario, remedied, driver, verdict }) =>
    [scenario, remedied && "remedied", driver, verdict.kind].filter(Boolean).join(" "),
  );
const part = (keep: (cell: CellRecord) => boolean, changes: Partial<RunDocument> = {}): RunDocument => {
  const cells = run.cells.filter(keep);
  const scenarios = run.scenarios.filter(({ id }) => cells.some(({ scenario }) => scenario === id));
  return { ...run, ...changes, cells, scenarios };
};

describe("mergeRuns", () => {
  test("puts shards together again, in whatever order they come", () => {
    const slow = part(({ scenario }) => scenario.startsWith("slow/"));
    const tls = part(({ scenario }) => scenario.startsWith("tls/"), { date: "2026-01-31T11:00:00.000Z", took: 1_000 });
    const whole = { ...run, date: tls.date, took: run.took + tls.took };
    expect(mergeRuns([slow, tls])).toEqual(whole);
    expect(mergeRuns([tls, slow])).toEqual(whole);
  });

  test("of what was run twice, takes the latest", () => {
    const early = { ...run, date: "2026-01-30T12:00:00.000Z" };
    const cells = run.cells.map((cell) => ({ ...cell, verdict: { kind: "pass", why: [] } as const }));
    const merged = mergeRuns([{ ...run, cells }, early]);
    expect(merged.cells.map(({ verdict }) => verdict.kind)).toEqual(Array(run.cells.length).fill("pass"));
  });

  test("prefers a trial to the skip of a machine that lacked something", () => {
    const [passed] = run.cells;
    if (!passed) throw new Error("the run has no cell");
    const { trial: _, ...bare } = passed;
    const skipped = { ...bare, verdict: { kind: "skipped", why: ["not here"] } as const };
    const later = { ...run, date: "2026-02-01T12:00:00.000Z", cells: [skipped] };
    expect(told(mergeRuns([{ ...run, cells: [passed] }, later]))).toEqual(["slow/never gateway pass"]);
  });

  test("gives each version of a proxy a column of its own", () => {
    const newer = run.cells.map((cell) => ({
      ...cell,
      ...(cell.trial && { trial: { ...cell.trial, version: "1.28.0" } }),
    }));
    const nginx = ({ driver }: CellRecord) => driver === "nginx";
    const merged = mergeRuns([part(nginx), { ...run, seed: 8, cells: newer.filter(nginx) }]);
    expect(new Set(merged.cells.map(({ driver }) => driver))).toEqual(
      new Set(["nginx@1.22.1", "nginx@1.28.0", "nginx"]),
    );
    expect(merged.seed).toBe(7);
  });

  test("knows a proxy that one machine lacks and another has", () => {
    const absent = [{ driver: "nginx", via: "local", missing: "no nginx here" } as const];
    const elsewhere = part(({ driver }) => driver === "gateway", { absent });
    expect(mergeRuns([elsewhere]).absent).toEqual(absent);
    expect(mergeRuns([elsewhere, { ...run, absent: [] }]).absent).toEqual([]);
  });
});
