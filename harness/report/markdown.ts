import { explain } from "./explain.ts";
import type { RunDocument } from "./json.ts";
import { visible } from "./lines.ts";
import { matrixParts } from "./matrix.ts";
import { plain } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { reportCells } from "./report-cells.ts";
import { withoutTrial } from "./text-reasons.ts";
import { counted, kinds, proxyTitle, signOf, worst } from "./words.ts";

/** What GitHub takes as the summary of one step: 1 MiB; some is left for what others write into the same one. */
const room = 1_000_000;

/** A run as the summary of a CI job: the sum, what went wrong, then the matrix, as far as there is room. */
export function markdownReport(run: RunDocument): string {
  const cells = reportCells(run);
  const wanting = cells.filter(({ verdict }) => verdict.kind === "fail" || verdict.kind === "void");
  const { tables, departures } = matrixParts(run);
  const aside = withoutTrial(cells, run, { paint: plain });
  const parts = [
    ...wanting.map((cell) => details(headline(cell), fenced(explain(cell, { paint: plain }, run)))),
    ...(aside === "" ? [] : [details("Skipped, or not applicable", fenced(aside))]),
    ...(tables.length === 0 ? [] : [details("The matrix", tables.map(smaller).join("\n\n"))]),
    ...(departures.length === 0 ? [] : [details("Departures, and why", departures.map(smaller).join("\n\n"))]),
  ];
  return asFits([introduction(run, cells)], parts);
}

function introduction(run: RunDocument, cells: readonly ReportCell[]): string {
  const verdicts = cells.map(({ verdict }) => verdict);
  const columns = [...Map.groupBy(cells, ({ driver }) => driver).values()];
  const rows = columns.map((column) => {
    const counts = kinds.map((kind) => column.filter(({ verdict }) => verdict.kind === kind).length);
    const departing = column.filter(({ verdict }) => verdict.kind === "pass" && verdict.departs).length;
    const sign = signOf(worst(column.map(({ verdict }) => verdict)), plain);
    return `| ${[`${sign} ${proxyTitle(column)}`, counts[0], departing, ...counts.slice(1)].join(" | ")} |`;
  });
  const table = [
    "| proxy | as claimed | of these depart\\* | failed | void | skipped | not applicable |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ];
  const seeds = run.repeat > 1 ? `seeds ${run.seed} to ${run.seed + run.repeat - 1}` : `seed ${run.seed}`;
  return `## ${signOf(worst(verdicts), plain)} badgateway: ${counted(verdicts, plain) || "nothing was run"}

${table.join("\n")}

\\* from what the RFCs recommend, as measured on that proxy. ${run.date.slice(0, 10)}, badgateway ${run.badgateway}, ${run.platform}, ${seeds}.`;
}

function headline({ scenario, driver, verdict }: ReportCell): string {
  const what = scenario.remedied ? `${scenario.id}, remedied,` : scenario.id;
  return `${signOf(verdict.kind, plain)} ${what} on ${driver.name}: ${visible(verdict.why.join("; "))}`;
}

function details(summary: string, body: string): string {
  return `<details><summary>${escaped(summary)}</summary>\n\n${body}\n\n</details>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** A section of the matrix page, one level down. */
function smaller(section: string): string {
  return section.replace(/^## /, "### ");
}

/** The parts for which there is room, in their order; of those left out, how many. */
function asFits(first: readonly string[], parts: readonly string[]): string {
  const kept = [...first];
  let size = Buffer.byteLength(first.join("\n\n")) + 100;
  for (const part of parts) {
    size += Buffer.byteLength(part) + 2;
    if (size > room) break;
    kept.push(part);
  }
  const left = first.length + parts.length - kept.length;
  if (left > 0) kept.push(`${left} more of what there is to tell had no room here: see the HTML report.`);
  return `${kept.join("\n\n")}\n`;
}
