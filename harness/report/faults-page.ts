import { type Claim, type ClaimWord, isTally, outcomesOf, type Tally } from "../outcome.ts";
import { causesOf, type NamedScenario, type Scenario } from "../scenario.ts";

/** The catalogue as a Markdown page: every fault, family by family, with the outcome that the standards ask for. */
export function faultsPage(scenarios: readonly NamedScenario[]): string {
  const families = Map.groupBy(scenarios, ({ id }) => id.slice(0, id.indexOf("/")));
  const sections = [...families].map(([family, members]) => `## ${family}\n\n${table(members)}`);
  return `${introduction(scenarios.length, families.size)}\n\n${sections.join("\n\n")}\n`;
}

function introduction(faults: number, families: number): string {
  return `# The catalogue of faults

${faults} scenarios in ${families} families. Each is one page in \`scenarios/\`: the bytes, the proof, the story and the remedy.

The outcome is what the client must get. \`own(502)\`: a response of the proxy's own making. \`relayed(413)\`: the origin's, whole;
\`clean\`: the origin's 200, whole. \`cut\`: the head was relayed, then the message was visibly broken off. \`silent\`: incomplete,
but looks complete. Where several stand, the standards leave the choice, or the outcome is racy by nature.

This page is made from the scenarios: \`npm run docs\`.`;
}

function table(scenarios: readonly NamedScenario[]): string {
  const rows = scenarios.map((scenario) => {
    const { id, title, remedy, racy } = scenario;
    const causes = causesOf(scenario).join(" or ") || "–";
    const marks = [scenario.at && `at the ${scenario.at} timer`, remedy && "remedy proven", racy && "racy"];
    const link = `[${id}](../scenarios/${id}.ts)`;
    return `| ${[link, title, causes, outcomes(scenario), marks.filter(Boolean).join(", ")].map(escapeCell).join(" | ")} |`;
  });
  return ["| id | what happens | cause | outcome | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

/** One outcome, or one for each ask where they differ. */
function outcomes({ asks = [{}], claim, ...scenario }: Scenario): string {
  const claims = asks.map((ask) => claimText(ask.claim ?? claim, causesOf({ asks, claim, ...scenario })));
  return [...new Set(claims)].length === 1 ? (claims[0] ?? "") : claims.join(", then ");
}

function claimText(claim: Claim | Tally, causes: ReturnType<typeof causesOf>): string {
  if (!isTally(claim)) return wordsText([claim].flat(), causes);
  const parts = Object.entries(claim.tally).map(
    ([word, times]) => `${wordsText([word as "own"], causes)} × ${[times].flat().join("–")}`,
  );
  return parts.join(", ");
}

function wordsText(words: readonly ClaimWord[], causes: ReturnType<typeof causesOf>): string {
  return [...new Set(words.flatMap((word) => outcomesOf(word, causes)))]
    .map((outcome) => `\`${outcome}\``)
    .join(" or ");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
