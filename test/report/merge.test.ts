import { describe, expect, test } from "vitest";
import { againCommand } from "../../harness/report/command.ts";
import type { CellRecord, RunDocument } from "../../harness/report/json.ts";
import { matrixPage } from "../../harness/report/matrix.ts";
import { mergeRuns } from "../../harness/report/merge-runs.ts";
import { reportCells } from "../../harness/report/report-cells.ts";
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

  test("keeps a failure without a trial, whatever else was tried; the same run done again counts in its place", () => {
    const [passed] = run.cells;
    if (!passed?.trial) throw new Error("the run has no trial");
    const { trial, ...bare } = passed;
    const refused: CellRecord = { ...bare, verdict: { kind: "fail", why: ["gateway did not start"] } };
    const unread: CellRecord = { ...bare, verdict: { kind: "void", why: ["the trial cannot be read"] } };
    const twice = { ...run, repeat: 2, cells: [passed, refused] };
    const kinds = (...runs: readonly RunDocument[]) =>
      mergeRuns(runs)
        .cells.map(({ verdict }) => verdict.kind)
        .sort();
    const elsewhere = part(({ scenario }) => scenario.startsWith("tls/"), { date: "2026-02-01T12:00:00.000Z" });
    expect(kinds(twice, { ...elsewhere, cells: [] })).toEqual(["fail", "pass"]);
    const later = { ...run, date: "2026-02-01T12:00:00.000Z", repeat: 1 };
    expect(kinds(twice, { ...later, seed: 7, cells: [unread] })).toEqual(["fail", "void"]);
    expect(kinds(twice, { ...later, seed: 8, cells: [{ ...passed, trial: { ...trial, seed: 8 } }] })).toEqual([
      "pass",
      "pass",
    ]);
  });

  test("tells of every run's vendors and columns", () => {
    const timers = run.timers;
    const vendors = [{ driver: "profile:heroku", real: { head: 30_000 }, timers }];
    const column = { via: "local", backends: 1, start: 2, run: 3, rest: 0, stop: 4 } as const;
    const later = { ...run, date: "2026-02-01T12:00:00.000Z", vendors, columns: [{ ...column, driver: "b" }] };
    const merged = mergeRuns([later, { ...run, columns: [{ ...column, driver: "a" }] }]);
    expect(merged.vendors).toEqual(vendors);
    expect(merged.columns?.map(({ driver }) => driver)).toEqual(["a", "b"]);
    expect(matrixPage(merged)).toContain("profile:heroku: head 300 ms stands for 30 s");
  });

  test("has each cell again with the timers of its own run, and with the command of its own", () => {
    const nginx = part(({ driver }) => driver === "nginx");
    const gateway = part(({ driver }) => driver === "gateway", { timers: { ...run.timers, head: 150 } });
    const command = "badgateway check http://127.0.0.1:8080 --listen 9000";
    const again = (...runs: readonly RunDocument[]) => {
      const merged = mergeRuns(runs);
      const cells = reportCells(merged).filter(({ scenario, trial }) => scenario.id === "slow/never" && trial);
      return new Set(cells.map((cell) => `${cell.driver.name}: ${againCommand(cell, merged)}`));
    };
    expect(again(nginx, gateway)).toEqual(
      new Set([
        "gateway: badgateway run slow/never --proxy gateway --timers head=150 --seed 7",
        "nginx: badgateway run slow/never --proxy nginx --seed 7",
      ]),
    );
    expect(again({ ...nginx, command }, gateway)).toContain(`nginx: ${command} slow/never --seed 7`);
    expect(mergeRuns([nginx, part(({ driver }) => driver === "gateway")]).cells.every((cell) => !cell.origin)).toBe(
      true,
    );
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
