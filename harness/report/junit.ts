import { create } from "xmlbuilder2";
import { label } from "../remedy.ts";
import { explain } from "./explain.ts";
import type { RunDocument } from "./json.ts";
import { visible } from "./lines.ts";
import { plain } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { reportCells } from "./report-cells.ts";
import { outcomesText, proxyTitle } from "./words.ts";

/** A run as CI servers read it: a suite for each proxy, a case for each scenario. Void is an error, not a failure. */
export function junitReport(run: RunDocument): string {
  const columns = [...Map.groupBy(reportCells(run), ({ driver }) => driver).values()];
  const suites = columns.map((column) => suite(column, run));
  const root = { "@name": "badgateway", ...counts(columns.flat()), testsuite: suites };
  return `${create({ version: "1.0", encoding: "UTF-8" }, { testsuites: root }).end({ prettyPrint: true })}\n`;
}

function suite(column: readonly ReportCell[], run: RunDocument): object {
  const facts = { badgateway: run.badgateway, node: run.node, platform: run.platform, seed: String(run.seed) };
  const property = Object.entries(facts).map(([name, value]) => ({ "@name": name, "@value": value }));
  return {
    "@name": proxyTitle(column),
    "@timestamp": run.date.replace(/\.\d+Z$/, ""),
    ...counts(column),
    properties: { property },
    testcase: column.map((cell) => testcase(cell, proxyTitle(column), run)),
  };
}

function counts(cells: readonly ReportCell[]): object {
  const of = (...kinds: string[]) => cells.filter(({ verdict }) => kinds.includes(verdict.kind)).length;
  return {
    "@tests": cells.length,
    "@failures": of("fail"),
    "@errors": of("void"),
    "@skipped": of("skipped", "inapplicable"),
    "@time": seconds(cells.reduce((sum, cell) => sum + lasted(cell), 0)),
  };
}

function testcase(cell: ReportCell, proxy: string, run: RunDocument): object {
  const { scenario, trial, verdict } = cell;
  const seed = run.repeat > 1 && trial ? ` (seed ${trial.seed})` : "";
  const got = trial ? [`${proxy} gave ${outcomesText(trial.exchanges)}`] : [];
  const departs = (verdict.departs ?? []).map((reason) => `departs from the standards, as measured: ${reason}`);
  const told = [scenario.title, ...got, ...departs].map(visible).join("\n");
  return {
    "@classname": proxy,
    "@name": `${label(scenario)}${seed}`,
    "@time": seconds(lasted(cell)),
    ...result(cell, run),
    "system-out": told,
  };
}

function result(cell: ReportCell, run: RunDocument): object {
  const { kind, why } = cell.verdict;
  const message = visible(why.join("; "));
  if (kind === "pass") return {};
  if (kind === "skipped") return { skipped: { "@message": message } };
  if (kind === "inapplicable") return { skipped: { "@message": `not applicable: ${message}` } };
  const element = kind === "fail" ? "failure" : "error";
  return { [element]: { "@type": kind, "@message": message, "#": explain(cell, { paint: plain }, run) } };
}

/** Milliseconds from the first ask to the end of the last answer. */
function lasted({ trial }: ReportCell): number {
  return Math.max(0, ...(trial?.exchanges ?? []).map(({ at, took }) => at + took));
}

function seconds(time: number): string {
  return (time / 1000).toFixed(3);
}
