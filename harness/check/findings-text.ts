import { indent, paragraph, visible, wrap } from "../report/lines.ts";
import type { View } from "../report/paint.ts";
import { plural } from "../report/words.ts";
import type { Verdict } from "../verdict.ts";
import type { Finding, FindingKind } from "./finding.ts";

/** What each kind is called. */
const titles: Readonly<Record<FindingKind, string>> = {
  repeated: "A request was repeated that must not be",
  silent: "An incomplete message looks complete",
  died: "The proxy died",
  unverified: "A bad upstream certificate or handshake was trusted",
  "passed-on": "A field or byte was treated as it must not be",
  hang: "No answer within the client's patience",
  "no-answer": "The client got no response",
  replaced: "The origin's answer was replaced",
  "broken-early": "A message was broken off where a status could have been told",
  status: "Another status than the standards recommend",
  lenient: "A bad response was taken for a good one",
  count: "Not the answers that are asked of several requests",
  untimely: "The answer did not come when the timer ran out",
  unseen: "Good to know: cut short, and no gateway can tell",
  "broken-off": "Good to know: broken off, as it must be",
};

/** More would push the rest off the screen. */
const mostIds = 12;
const mostSections = 4;

/** The findings as a person reads them, gravest first. @param verdicts of all that was put to the proxy, or not */
export function findingsText(findings: readonly Finding[], verdicts: readonly Verdict[], view: View): string {
  if (findings.length === 0) return noFindings(new Set(verdicts.map(({ kind }) => kind)));
  const open = findings.filter(({ accepted }) => accepted === undefined);
  const blocks = open.map((finding, index) => block(finding, index + 1, view));
  const known = findings.length - open.length;
  const rest =
    known > 0 ? [view.paint("dim", `and ${plural(known, "finding")} that you expect (--json tells them)`)] : [];
  return [view.paint("bold", "Findings, gravest first"), ...blocks, ...rest].join("\n\n");
}

function noFindings(kinds: ReadonlySet<Verdict["kind"]>): string {
  if (!kinds.has("pass") && !kinds.has("fail")) return "No findings: there was nothing that could be judged.";
  return `No findings: every answer${kinds.has("void") ? " that could be judged" : ""} was as the standards ask.`;
}

function few(spec: readonly string[]): string {
  return spec.length > mostSections ? `${spec.slice(0, mostSections).join(", ")} …` : spec.join(", ");
}

function block(
  { kind, scenarios, came, asked, spec, change, known }: Finding,
  number: number,
  { paint, width }: View,
): string {
  const style =
    kind === "broken-off" || kind === "unseen"
      ? "dim"
      : ["repeated", "silent", "died", "unverified"].includes(kind)
        ? "red"
        : "yellow";
  const more = scenarios.length - mostIds;
  const ids = scenarios.slice(0, mostIds).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const line = (label: string, text: string) => {
    const room = width === undefined ? undefined : width - 12;
    return `   ${paint("dim", label.padEnd(9))}${indent(wrap(visible(text), room), 12).trimStart()}`;
  };
  return [
    `${String(number).padStart(2)} ${paint(style, titles[kind])}`,
    paragraph(ids, 3, width),
    line("came", came),
    line("asked", `${asked} (${few(spec)})`),
    line("change", change),
    ...(known === undefined ? [] : [line("known", known)]),
  ].join("\n");
}
