import type { Cause } from "../cause.ts";
import { causesOf, type NamedScenario } from "../scenario.ts";
import type { CellRecord } from "./json.ts";
import { driverName } from "./words.ts";

/** How many ways of saying it stand in one cell. */
const most = 3;

/** A proxy that cannot be run here, and what its vendor says that it calls a cause. */
export interface VendorWords {
  readonly name: string;
  wordsFor(cause: Cause): string;
}

/**
 * The same causes in the words of each proxy, as a Markdown page: whoever reads a log line finds the cause, and what
 * the other proxies call it. Made from what was recorded; and, for proxies that cannot be run here, from what their vendors say.
 */
export function crossWalkPage(
  cells: readonly CellRecord[],
  scenarios: readonly NamedScenario[],
  vendors: readonly VendorWords[] = [],
): string {
  const causes = new Map(scenarios.map((scenario) => [scenario.id, causesOf(scenario)]));
  const measured = cells.filter(({ via }) => via !== "profile");
  const told = measured.filter(({ remedied, trial }) => !remedied && (trial?.said.length ?? 0) > 0);
  const byCause = Map.groupBy(
    told.flatMap((cell) => (causes.get(cell.scenario) ?? []).map((cause) => ({ cause, cell }))),
    ({ cause }) => cause,
  );
  const sections = [...byCause].sort().map(([cause, members]) =>
    section(
      cause,
      members.map(({ cell }) => cell),
      vendors,
    ),
  );
  return [introduction, ...sections].join("\n\n").concat("\n");
}

const introduction = `# The same cause in other words

What each proxy writes into its log about a cause of RFC 9209, with the number of scenarios in which it said so. Addresses, names and
numbers are left out: \`…\` stands for them. Search a log for what is left, or search this page for what a log says.

Rows marked *profile* are not measured: they say what the vendor of a managed proxy writes, and how sure that is (docs/profiles.md).

This page is made from a saved run: \`badgateway run --save DIR\`, then \`badgateway matrix DIR --format cross-walk\`.`;

function section(cause: Cause, cells: readonly CellRecord[], vendors: readonly VendorWords[]): string {
  const proxies = Map.groupBy(cells, ({ driver, via }) => driverName({ name: driver, via }));
  const rows = [...proxies].map(([proxy, members]) => `| ${proxy} | ${words(members).join("<br>")} |`);
  const said = vendors.map(({ name, wordsFor }) => `| ${name} (profile) | ${wordsFor(cause)} |`);
  return [`## ${cause}`, "", "| proxy | its words |", "| --- | --- |", ...rows, ...said].join("\n");
}

/** What was said in most scenarios stands first. */
function words(cells: readonly CellRecord[]): string[] {
  const said = cells.flatMap(({ trial }) => [...new Set(trial?.said.map(signature))]);
  const counts = [...Map.groupBy(said, (text) => text)].map(([text, all]) => ({ text, count: all.length }));
  return counts
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ text, count }) => `\`${text}\` × ${count}`);
}

/** What stays the same of a log line from one time to the next. */
export function signature(line: string): string {
  return line
    .replace(/^\S*\d{4}-\d\d-\d\dT\S+ /, "")
    .replace(/, client: .*$/, "")
    .replace(/\[[^\]]*\d+\.\d+\.\d+\.\d+[^\]]*\]/g, "[…]")
    .replace(/(?:unix:)?\/\S+/g, "…")
    .replace(/\b\d+\.\d+\.\d+\.\d+(?::\d+)?/g, "…")
    .replace(/\b(?:[\w-]+\.test|backend-[\da-f]{8}-\d+)\b/g, "…")
    .replace(/\b[\dA-F]{16}(?=:error:)/g, "…") // OpenSSL's name for its thread
    .replace(/\b\d+(?:\.\d+)? ?(?:ms|[kM]?B|s)\b/g, "…")
    .replace(/(?<!RFC )\b(?:\d+\.\d+|\d{4,})\b/g, "…")
    .replace(/ {2,}/g, " ")
    .replaceAll("`", "'")
    .replaceAll("|", "\\|")
    .slice(0, 160)
    .trim();
}
