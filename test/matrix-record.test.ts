import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Dialect, DialectRow } from "../harness/dialect.ts";
import { loadDrivers } from "../harness/drivers.ts";
import { loadScenarios } from "../harness/folder.ts";
import { label, withRemedies } from "../harness/remedy.ts";
import { evidenceFrom, type MatrixRecord } from "../harness/report/matrix-record.ts";
import { judgeEvidence } from "../harness/verdict.ts";

// What was measured once, held against the dialects and scenarios of today. Made anew with docs/matrix.md:
// badgateway matrix DIR --format evidence
const record: MatrixRecord = JSON.parse(await readFile(join(import.meta.dirname, "..", "docs", "matrix.json"), "utf8"));
const scenarios = new Map(withRemedies(await loadScenarios()).map((scenario) => [label(scenario), scenario]));
const drivers = await loadDrivers();

/** The cells of a proxy that are not as its dialect says, with what is wrong. */
function redOf(name: string, change: (dialect: Dialect) => Dialect = (dialect) => dialect): string[] {
  const column = record.columns.find(({ driver }) => driver === name);
  const driver = drivers.find((each) => each.name === name && each.via === column?.via);
  if (!column || !driver) throw new Error(`${name}: wanted a proxy that is in the record, with a driver`);
  const dialect = change(driver.dialect);
  return Object.entries(column.cells).flatMap(([name, cell]) => {
    const scenario = scenarios.get(name);
    if (!scenario) return [`${name}: there is no such scenario any more`];
    const { kind, why } = judgeEvidence(scenario, dialect, driver.unit, evidenceFrom(record, column, cell));
    return kind === "pass" ? [] : [`${name}: ${kind}: ${why.join("; ")}`];
  });
}

/** The row as somebody might spoil it: other answers, and nothing waived or admitted. */
function spoilt({ waives: _, admits: __, ...row }: DialectRow): DialectRow {
  return { ...row, answers: "own(599)", at: "never" };
}

test("has a column for every proxy of the matrix", () => {
  const here = drivers.filter(({ via }) => via === "embedded" || via === "local").map(({ name }) => name);
  expect(record.columns.map(({ driver }) => driver).toSorted()).toEqual(here.toSorted());
});

describe.each(record.columns.map(({ driver }) => driver))("%s as it was measured", (name) => {
  test("is what its dialect says today", () => {
    expect(redOf(name)).toEqual([]);
  });

  const rows = drivers.find((driver) => driver.name === name)?.dialect.rows ?? [];
  test.each(rows.map((row, index) => [JSON.stringify(row.on), row.remedied ? ", remedied" : "", index] as const))(
    "a row about %s%s that is altered by hand turns some cell red",
    (_on, _remedied, index) => {
      const altered = (dialect: Dialect) => ({
        ...dialect,
        rows: dialect.rows.map((row, at) => (at === index ? spoilt(row) : row)),
      });
      expect(redOf(name, altered)).not.toEqual([]);
    },
  );
});
