import { findingsOf } from "../check/findings.ts";
import { findingsText } from "../check/findings-text.ts";
import type { Recorded } from "../check/recorded.ts";
import { warnedOf } from "../check/unconfirmed.ts";
import type { Cell } from "../lab.ts";
import type { RunFacts } from "../report/facts.ts";
import { runDocument } from "../report/json.ts";
import { withoutTrial } from "../report/text-reasons.ts";
import { textTable } from "../report/text-table.ts";
import { counted, plural, proxyTitle, signOf, worst } from "../report/words.ts";
import type { NamedScenario } from "../scenario.ts";
import type { CheckCommandOptions } from "./check-command.ts";
import type { Written } from "./check-configuration.ts";
import type { Chosen } from "./check-subject.ts";
import { terminalView } from "./terminal.ts";

/** What a report of a check is made of, beside its cells. */
export interface CheckContext {
  readonly proxy: Chosen;
  readonly recorded: Recorded | undefined;
  readonly file: string;
  readonly written: Written;
  readonly options: CheckCommandOptions;
  readonly catalogue: readonly NamedScenario[];
}

/** Writes the result to standard output: the table, what is not as expected, the findings, what does not apply, the sum. */
export function report(cells: readonly Cell[], facts: RunFacts, context: CheckContext): void {
  const { proxy, options, catalogue } = context;
  const findings = findingsOf(cells, { scenarios: catalogue, ...(proxy.kind && { proxy: proxy.kind }) });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...runDocument(cells, facts), findings })}\n`);
    return;
  }
  const view = terminalView();
  const asked = cells.filter(({ trial, verdict }) => trial && verdict.kind !== "inapplicable");
  const parts = [
    asked.length > 0 ? textTable(asked.map(unmarked), view) : "",
    differences(cells, context),
    findingsText(
      findings,
      cells.map(({ verdict }) => verdict),
      view,
    ),
    withoutTrial(cells.map(withoutIdleTrial), facts, view),
    sum(cells, facts, context),
  ];
  process.stdout.write(`${parts.filter((part) => part !== "").join("\n\n")}\n`);
}

/** A trial that says nothing is told of with its reason alone. */
function withoutIdleTrial({ trial, ...cell }: Cell): Cell {
  return cell.verdict.kind === "inapplicable" || !trial ? cell : { ...cell, trial };
}

/** In the table a mark is for what departs from the standards and is expected to. */
function unmarked({ verdict, ...cell }: Cell): Cell {
  const { departs: _, ...plain } = verdict;
  return verdict.kind === "fail" ? { ...cell, verdict: plain } : { ...cell, verdict };
}

/** What is not as it was recorded, or as its owner expects: both values. */
function differences(cells: readonly Cell[], { recorded, written, options }: CheckContext): string {
  const compared =
    (recorded && !options.update) || options.profile !== undefined || (written.configuration.expect ?? []).length > 0;
  const different = cells.filter(({ verdict }) => verdict.kind === "void" || (compared && verdict.kind === "fail"));
  const warnings = cells.flatMap(({ scenario, verdict }) => {
    const warned = warnedOf(verdict);
    return warned === undefined ? [] : `? ${scenario.id}: ${warned}`;
  });
  const lines = different.map(({ scenario, verdict: { kind, why, departs } }) => {
    const { paint } = terminalView();
    const reason = departs?.length ? `: ${departs.join("; ")}` : "";
    return `${signOf(kind, paint)} ${scenario.id}: ${why.join("; ")}${reason}`;
  });
  return [...lines, ...warnings].join("\n");
}

function sum(cells: readonly Cell[], { took }: RunFacts, { recorded, file, options }: CheckContext): string {
  const { paint } = terminalView();
  const verdicts = cells.map(({ verdict }) => verdict);
  const trials = plural(cells.filter(({ trial }) => trial).length, "trial");
  const times = paint("dim", `  ${trials} in ${(took / 1000).toFixed(1)} s`);
  const title = paint("bold", proxyTitle(cells));
  if (options.update) {
    const asStandards = counted(verdicts, paint).replace("failed", "otherwise");
    return `${times}\n${title}: recorded in ${file} as what you expect (by the standards: ${asStandards})`;
  }
  const standards = options.profile === undefined ? "the standards" : `what ${options.profile} documents`;
  const held = recorded
    ? `compared with ${file}`
    : `held against ${standards}; --update records this as what you expect`;
  return `${signOf(worst(verdicts), paint)} ${title}  ${counted(verdicts, paint)}\n${times}, ${held}`;
}
