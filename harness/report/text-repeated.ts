import { label } from "../remedy.ts";
import { aligned } from "./aligned.ts";
import { type Distribution, telling } from "./distribution.ts";
import { hanging, indent, paragraph } from "./lines.ts";
import type { View } from "./paint.ts";
import { outcomeText, proxyTitle, signOf, worst } from "./words.ts";

/**
 * What has not come out the same every time: what the runs gave, how many of them, and the seed of the first of them;
 * then how frequent each outcome was among all exchanges.
 */
export function textRepeated(distributions: readonly Distribution[], view: View): string {
  return distributions
    .filter(({ cells, alike }) => alike.size > 1 || new Set(cells.map(({ verdict }) => verdict.kind)).size > 1)
    .map((distribution) => variation(distribution, view))
    .join("\n\n");
}

function variation({ cells, outcomes, alike, ...rest }: Distribution, { paint, width }: View): string {
  const { scenario, verdict } = telling({ cells, outcomes, alike, ...rest });
  const title = paint("bold", `${label(scenario)} on ${proxyTitle(cells)} varies`);
  // A dialect explains what it allows; where a run has failed, it did not.
  const why = scenario.racy ?? (verdict.kind === "pass" ? verdict.departs?.join("; ") : undefined);
  const runs = [...alike].map(([text, group]) => {
    const verdicts = group.map(({ verdict }) => verdict);
    const seed = group.find(({ verdict }) => verdict.kind === worst(verdicts))?.trial?.seed;
    return [
      `${signOf(worst(verdicts), paint)} ${group.length} of ${cells.length}`,
      text,
      paint("dim", `--seed ${seed}`),
    ];
  });
  const sum = [...outcomes.values()].reduce((all, count) => all + count, 0);
  const shares = [...outcomes].map(([outcome, count]) => `${outcomeText(outcome)} ${share(count, sum)}`).join(", ");
  return [
    hanging(`~ ${title}`, 2, width),
    paint(why === undefined ? "magenta" : "dim", paragraph(why ?? "Nothing says that it may.", 2, width)),
    indent(aligned(runs), 4),
    paragraph(`of ${sum} requests: ${shares}`, 4, width),
  ].join("\n");
}

/** `1 in 20` for what is rare, `95 %` for what is not. */
function share(count: number, sum: number): string {
  return count * 2 > sum
    ? `${((100 * count) / sum).toFixed(1).replace(/\.0$/, "")} %`
    : `1 in ${Math.round(sum / count)}`;
}
