import { recommendedStatus } from "../cause.ts";
import type { Explanation } from "../diagnose/explain.ts";
import { hanging, paragraph, visible } from "../report/lines.ts";
import type { View } from "../report/paint.ts";
import { adviceLines } from "./advice-lines.ts";

/** An explanation for people: who says it, what it means, the cause, how to see it, what to check and what helps. */
export function explanationText(explanation: Explanation, view: View): string {
  const { text, meanings } = explanation;
  const { paint, width } = view;
  const quoted = hanging(`${paint("dim", "“")}${visible(text)}${paint("dim", "”")}`, 2, width);
  const [first, ...others] = meanings;
  if (!first) return [quoted, unknown(explanation, view)].join("\n");
  const more = [...new Set(others.filter(({ proxy }) => proxy !== first.proxy).map(({ title }) => title))];
  const facts = [
    ["said by", first.title],
    ...(first.setting === undefined ? [] : [["setting", first.setting]]),
    ["cause", causes(explanation)],
    ["source", first.source],
    ...(more.length === 0 ? [] : [["also", `${more.join(", ")} would say so too`]]),
  ];
  const rows = facts.map(([name = "", value = ""]) => hanging(`  ${name.padEnd(8)} ${value}`, 11, width));
  return [
    quoted,
    paragraph(first.meaning, 2, width),
    "",
    ...rows.map((row) => `  ${row}`),
    ...steps(explanation, view),
  ].join("\n");
}

/** More of them in a row tell nobody anything. */
const mostCauses = 7;

function causes({ causes }: Explanation): string {
  if (causes.length === 0) return "none: no upstream has failed";
  if (causes.length > mostCauses) return `one of ${causes.length}: ${causes.slice(0, 4).join(", ")} …`;
  return causes.map((cause) => `${cause} (${recommendedStatus[cause]})`).join(", ");
}

function steps({ scenarios }: Explanation, view: View): string[] {
  const { paint, width } = view;
  const [first, ...others] = scenarios;
  if (!first) return [];
  return [
    hanging(`  shown by ${paint("bold", first.id)}: ${first.title}`, 11, width).replace(/^/, "  "),
    ...others.map(({ id, title }) => hanging(`           ${id}: ${title}`, 11, width).replace(/^/, "           ")),
    "",
    adviceLines(first, view),
    "",
    paragraph(`again: badgateway run ${first.id}`, 2, width),
  ];
}

function unknown({ similar }: Explanation, { paint, width }: View): string {
  const sorry = `${paint("yellow", "not recognised")}: no proxy that we know says this`;
  if (similar.length === 0) return `  ${sorry}`;
  const near = similar.map(({ said, by }) => paragraph(`${visible(said)}  ${paint("dim", `(${by})`)}`, 4, width));
  return [`  ${sorry}; did you mean`, ...near].join("\n");
}
