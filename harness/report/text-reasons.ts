import { label } from "../remedy.ts";
import type { RunFacts } from "./facts.ts";
import { hanging, paragraph, visible } from "./lines.ts";
import type { View } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { driverName, plural, proxyTitle, signOf } from "./words.ts";

/** Where proxies depart from the standards, and why: the `*` of the table (`?` where it is unconfirmed), spelt out once for each reason. */
export function departures(cells: readonly ReportCell[], view: View): string {
  const columns = [...Map.groupBy(cells, ({ driver }) => driver).values()];
  const blocks = columns.map((column) => {
    const pairs = column.flatMap((cell) => (cell.verdict.departs ?? []).map((reason) => ({ reason, cell })));
    const reasons = [...Map.groupBy(pairs, ({ reason }) => reason)].map(([reason, group]) => {
      const where = labels(group.map(({ cell }) => cell));
      return `${paragraph(where, 2, view.width)}\n${view.paint("dim", paragraph(visible(reason), 4, view.width))}`;
    });
    const how = column[0]?.driver.via === "profile" ? "as its vendor says" : "as measured";
    const head = `* ${view.paint("bold", `${proxyTitle(column)} departs from the standards, ${how}`)}`;
    return reasons.length > 0 ? [hanging(head, 2, view.width), ...reasons].join("\n") : "";
  });
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** What was skipped, does not apply, or came to nothing before there was a trial: once for each reason, not once for each cell. */
export function withoutTrial(cells: readonly ReportCell[], { absent }: RunFacts, view: View): string {
  const columns = [...Map.groupBy(cells, ({ driver }) => driver).values()];
  const blocks = columns.flatMap((column) => {
    const untold = column.filter(
      ({ verdict, trial }) => verdict.kind === "skipped" || (!trial && verdict.kind !== "pass"),
    );
    return [...Map.groupBy(untold, ({ verdict }) => `${verdict.kind} ${verdict.why.join("; ")}`).values()].map(
      (group) => {
        const { kind, why } = group[0]?.verdict ?? { kind: "skipped", why: [] };
        const what = group.length === column.length ? "all scenarios" : plural(group.length, "scenario");
        const head = `${proxyTitle(column)}: ${what} ${words[kind]}: ${visible(why.join("; "))}`;
        return block(`${signOf(kind, view.paint)} ${head}`, group, column, view);
      },
    );
  });
  const proxies = absent.map(({ driver, via, missing }) => {
    const text = `${driverName({ name: driver, via })} is not here: ${visible(missing)}`;
    return hanging(`${signOf("skipped", view.paint)} ${text}`, 2, view.width);
  });
  return [...blocks, ...proxies].join("\n");
}

const words = {
  pass: "passed",
  fail: "failed",
  void: "void",
  skipped: "skipped",
  inapplicable: "not applicable",
} as const;

/** A reason, and below it the scenarios it holds for, unless that is all of them. */
function block(
  head: string,
  group: readonly ReportCell[],
  column: readonly ReportCell[],
  { paint, width }: View,
): string {
  const text = hanging(head, 2, width);
  if (group.length === column.length && group.length > 1) return text;
  return `${text}\n${paint("dim", paragraph(labels(group), 4, width))}`;
}

function labels(cells: readonly ReportCell[]): string {
  return cells.map(({ scenario }) => label(scenario).replace(", ", " ")).join(", ");
}
