/**
 * Keeps what the proxies of saved runs have said about each scenario that has a cause:
 *
 *     badgateway run --proxy nginx --save DIR
 *     node test/diagnose/record.ts DIR…
 *
 * Lines of the drivers in those runs take the place of the ones that were there; all others stay.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Heard, heard } from "../../harness/diagnose/heard.ts";
import { loadScenarios } from "../../harness/folder.ts";
import type { CellRecord } from "../../harness/report/json.ts";
import { loadRun } from "../../harness/report/saved-run.ts";
import { causesOf } from "../../harness/scenario.ts";

const file = join(import.meta.dirname, "../../harness/diagnose/heard.json");

/** More than this in one scenario says nothing new. */
const mostLines = 6;

const scenarios = new Map((await loadScenarios()).map((scenario) => [scenario.id, scenario]));
const kept: Record<string, Heard> = { ...heard };
for (const folder of process.argv.slice(2)) {
  const {
    run: { cells },
  } = await loadRun((name) => readFile(join(folder, name), "utf8"));
  for (const [driver, members] of Map.groupBy(cells.filter(tells), ({ driver }) => driver)) {
    kept[driver] = heardFrom(members);
  }
}
const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(file, text(sorted));

/** JSON with a line of the file for each line of a log. */
function text(all: Readonly<Record<string, Heard>>): string {
  const members = Object.entries(all).map(([driver, { version, lines }]) => {
    const told = Object.entries(lines).map(([line, ids]) => `    ${JSON.stringify(line)}: ${JSON.stringify(ids)}`);
    return `${JSON.stringify(driver)}: {"version": ${JSON.stringify(version)}, "lines": {\n${told.join(",\n")}\n}}`;
  });
  return `{\n${members.join(",\n")}\n}\n`;
}

function tells({ scenario: id, remedied, trial }: CellRecord): boolean {
  const scenario = scenarios.get(id);
  return scenario !== undefined && causesOf(scenario).length > 0 && !remedied && (trial?.said.length ?? 0) > 0;
}

function heardFrom(cells: readonly CellRecord[]): Heard {
  const lines = new Map<string, Set<string>>();
  for (const { scenario, trial } of cells) {
    const said = [...new Set(trial?.said.filter((line) => !/^\s+at /.test(line)).map(general))];
    for (const line of said.slice(0, mostLines)) lines.set(line, (lines.get(line) ?? new Set()).add(scenario));
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    version: cells.find(({ trial }) => trial)?.trial?.version ?? "",
    lines: Object.fromEntries(sorted.map(([line, ids]) => [line, [...ids].sort()])),
  };
}

/** The line with what differs from run to run made the same: times, addresses, paths, names of a run's own. */
function general(line: string): string {
  return line
    .replace(/^\S*\d{4}[-/]\d\d[-/]\d\d[T ][\d:.]+(?:Z|[+-]\d+)? +/, "")
    .replace(/^\d+#\d+: \*?\d+ ?/, "")
    .replaceAll(/current time \S+ is (after|before) \S+/g, "current time … is $1 …")
    .replaceAll(/\b(?:127|172|198)\.\d+\.\d+\.\d+:\d+/g, "127.0.0.1:9000")
    .replaceAll(/\b(?:127|172|198)\.\d+\.\d+\.\d+/g, "127.0.0.1")
    .replaceAll(/\/tmp\/[\w./-]*\w/g, "/run/app.sock")
    .replaceAll(/\b(?:backend-[0-9a-f]{8}(?:-\d+)?|backend\.test)(?::\d+)?/g, "app.example")
    .replaceAll(/\broute_\d+(?:_\d+)?\b/g, "app")
    .replaceAll(/\b[0-9A-F]{12,}:error/g, "0:error")
    .replaceAll(/\b(?:serial: )[0-9A-F]+|not(?:before|after): [^/\]]+/g, "…")
    .replaceAll(/ +\d+\.\d ms +\d+ B/g, " 1.0 ms 100 B")
    .replaceAll(/(connected|head) \d+\.\d/g, "$1 1.0")
    .replaceAll(/(write-offset|request sent): \d+/g, "$1: 100")
    .replaceAll(/field size=\d{5}/g, "field size=16385")
    .replaceAll(/\b[0-9a-f]{8} 100 [0-9a-f]{8}\b.*/g, "…")
    .slice(0, 300)
    .trimEnd();
}
