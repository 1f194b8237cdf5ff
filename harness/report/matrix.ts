import type { RunFacts } from "./facts.ts";
import type { CellRecord, RunDocument } from "./json.ts";
import { scaleText } from "./text-scale.ts";
import { departureMark, driverName, outcomesText } from "./words.ts";

/** The matrix as a Markdown page: scenarios × proxies, what each one gave, and why where it departs from the standards. */
export function matrixPage(run: RunDocument): string {
  const { tables, departures, titles } = matrixParts(run);
  return [introduction(run, titles), ...tables, ...departures].join("\n\n").concat("\n");
}

/** A table for each family, and the reasons of all departures, a part for each proxy. */
export function matrixParts({ cells: all }: Pick<RunDocument, "cells">) {
  // A remedied run is the proof of a cause, not an answer to a fault: it has a row only when it went wrong.
  const cells = all.filter(({ remedied, verdict }) => !remedied || verdict.kind === "fail" || verdict.kind === "void");
  const columns = [...Map.groupBy(cells, columnOf).values()];
  const titles = columns.map(title);
  const families = Map.groupBy(cells, ({ scenario }) => scenario.slice(0, scenario.indexOf("/")));
  const tables = [...families].map(([family, cells]) => `## ${family}\n\n${table(cells, columns, titles)}`);
  return { titles, tables, departures: columns.flatMap(departures) };
}

function introduction(
  { date, badgateway, platform, timers, vendors = [] }: RunFacts,
  titles: readonly string[],
): string {
  const limits = Object.entries(timers).map(([name, limit]) => `${name} ${limit === 0 ? "off" : `${limit} ms`}`);
  return `# The matrix

What ${titles.length} proxies tell the client, fault by fault. Measured on ${date.slice(0, 10)} by badgateway ${badgateway} on ${platform}:
${titles.join(", ")}. Timers: ${limits.join(", ")}; three times as long where a scenario does not speak of them.

A number is a status of the proxy's own making; *relayed* and a number, the origin's; *clean*, the origin's 200, whole; *cut*, broken
off after the head; *silent*, incomplete but looks complete; *closed*, not a byte; *raw*, bytes without a head; *hang*, still waiting when
its patience ended; *died*, the proxy process is gone. \`*\` marks what departs from the standards: the reasons stand below the tables.
${imitations(vendors)}An empty cell: the proxy has no means for what the scenario is about.

This page is made from a saved run: \`badgateway run --save DIR\`, then \`badgateway matrix DIR\`.`;
}

/** A column that nobody has measured must not be taken for one that somebody has. */
function imitations(vendors: NonNullable<RunFacts["vendors"]>): string {
  if (vendors.length === 0) return "";
  const scales = vendors.map(({ driver, real, timers }) => `- ${scaleText(driver, real, timers)}`).join("\n");
  return `\nColumns that begin with *profile* are not measured: badgateway imitates there what a vendor says of a proxy that cannot be run here,
and each reason says how sure that is. \`?\` marks what is unconfirmed. Timers stand for the vendors' own:

${scales}

`;
}

function table(cells: readonly CellRecord[], columns: readonly CellRecord[][], titles: readonly string[]): string {
  const rows = [...Map.groupBy(cells, rowOf)].map(([row, members]) => {
    const texts = columns.map(([first]) => {
      const cell = members.find((member) => first && columnOf(member) === columnOf(first));
      return cell ? cellText(cell) : "";
    });
    return line([row, ...texts]);
  });
  return [line(["", ...titles]), line(["---", ...titles.map(() => "---")]), ...rows].join("\n");
}

function cellText({ verdict, trial }: CellRecord): string {
  if (verdict.kind === "inapplicable") return "";
  if (!trial) return verdict.kind;
  const text = outcomesText(trial.exchanges) + departureMark(verdict).replace("*", "\\*");
  return verdict.kind === "pass" ? text : `**${verdict.kind}:** ${text}`;
}

/** Every reason once, with the scenarios that it explains. */
function departures(column: readonly CellRecord[]): string[] {
  const reasons = Map.groupBy(
    column.filter(({ verdict }) => verdict.departs),
    ({ verdict }) => verdict.departs?.join(" ") ?? "",
  );
  if (reasons.size === 0) return [];
  const items = [...reasons].map(([reason, cells]) => `- ${reason}\n  ${cells.map(rowOf).join(", ")}`);
  return [
    `## Where ${title(column)} departs${column[0]?.via === "profile" ? ", as its vendor says" : ""}\n\n${items.join("\n")}`,
  ];
}

function line(texts: readonly string[]): string {
  return `| ${texts.join(" | ")} |`;
}

function columnOf({ driver, via }: CellRecord): string {
  return driverName({ name: driver, via });
}

function rowOf({ scenario, remedied }: CellRecord): string {
  return remedied ? `${scenario}, remedied` : scenario;
}

/** `nginx 1.22.1`. */
function title(column: readonly CellRecord[]): string {
  const [first] = column;
  const version = column.find(({ trial }) => trial)?.trial?.version;
  return [first && columnOf(first), version].filter(Boolean).join(" ");
}
