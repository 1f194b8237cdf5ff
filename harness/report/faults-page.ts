import { causesOf, type NamedScenario } from "../scenario.ts";
import { claimText } from "./claim.ts";

/** The catalogue as a Markdown page: every fault, family by family, with the outcome that the standards ask for. */
export function faultsPage(scenarios: readonly NamedScenario[]): string {
  const families = Map.groupBy(scenarios, ({ id }) => id.slice(0, id.indexOf("/")));
  const sections = [...families].map(([family, members]) => `## ${family}\n\n${table(members)}`);
  return `${introduction(scenarios.length, families.size)}\n\n${sections.join("\n\n")}\n`;
}

function introduction(faults: number, families: number): string {
  return `# The catalogue of faults

${faults} scenarios in ${families} families. Each is one page in \`scenarios/\`: the bytes, the proof, the story and the remedy.

The outcome is what the client must get. A number: a whole response of the proxy's own making. *relayed* and a number: the
origin's response, whole; *clean*: the origin's 200, whole. *cut*: the head was relayed, then the message was visibly
broken off. *silent*: incomplete, but looks complete. Where several stand, the standards leave the choice, or the outcome
is racy by nature.

This page is made from the scenarios: \`npm run docs\`.`;
}

function table(scenarios: readonly NamedScenario[]): string {
  const rows = scenarios.map((scenario) => {
    const { id, title, remedy, racy } = scenario;
    const causes = causesOf(scenario).join(" or ") || "–";
    const marks = [scenario.at && `at the ${scenario.at} timer`, remedy && "remedy proven", racy && "racy"];
    const link = `[${id}](../scenarios/${id}.ts)`;
    return `| ${[link, title, causes, claimText(scenario), marks.filter(Boolean).join(", ")].map(escapeCell).join(" | ")} |`;
  });
  return ["| id | what happens | cause | outcome | |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
