import { text as textOf } from "node:stream/consumers";
import { type Explanation, explain, recognised } from "../diagnose/explain.ts";
import { loadKnowledge } from "../diagnose/load-knowledge.ts";
import { loadScenarios } from "../folder.ts";
import { explanationText } from "./explain-text.ts";
import { terminalView } from "./terminal.ts";
import { exitCode, UsageError } from "./usage.ts";

/** One thing that was said, and how often. */
interface Told {
  readonly explanation: Explanation;
  readonly times: number;
}

/** `badgateway explain`. Of many lines each meaning is told once. @throws UsageError */
export async function explainCommand(given: string, { json }: { readonly json?: true }): Promise<number> {
  const text = given.trim() === "" ? await fromInput() : given;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) {
    throw new UsageError("explain: wanted a log line, a message, a Proxy-Status field or a status; got nothing");
  }
  const [knowledge, scenarios] = await Promise.all([loadKnowledge(), loadScenarios()]);
  const known = { knowledge, scenarios };
  const explanations = lines.flatMap((line) => recognised(line, known) ?? []);
  const told =
    explanations.length > 0
      ? grouped(explanations)
      : lines.slice(0, 1).map((line) => ({ explanation: explain(line, known), times: 1 }));
  process.stdout.write(json ? `${JSON.stringify(documentOf(told), undefined, 2)}\n` : `${pages(told, lines.length)}\n`);
  return explanations.length > 0 ? exitCode.asClaimed : exitCode.notAsClaimed;
}

async function fromInput(): Promise<string> {
  if (process.stdin.isTTY) return "";
  return textOf(process.stdin);
}

/** By what was recognised; what was said most often first. */
function grouped(explanations: readonly Explanation[]): Told[] {
  const groups = Map.groupBy(explanations, ({ meanings: [first] }) => `${first?.proxy} ${first?.words}`);
  const told = [...groups.values()].flatMap((members) =>
    members[0] ? [{ explanation: members[0], times: members.length }] : [],
  );
  return told.toSorted((a, b) => b.times - a.times);
}

function documentOf(told: readonly Told[]) {
  return told.map(({ explanation, times }) => ({ ...explanation, times }));
}

function pages(told: readonly Told[], lines: number): string {
  const view = terminalView();
  const texts = told.map(({ explanation, times }) =>
    [explanationText(explanation, view), ...(times > 1 ? [view.paint("dim", `said ${times} times`)] : [])].join("\n"),
  );
  const count = told.reduce((sum, { times }) => sum + times, 0);
  const left = lines > 1 && count < lines ? [`${lines - count} of ${lines} lines were not recognised`] : [];
  return [...texts, ...left].join("\n\n");
}
