import type { RunDocument } from "../json.ts";
import { driverName, plural } from "../words.ts";
import type { Grid } from "./grid.ts";
import { html, type Markup } from "./markup.ts";

/** What the run was, and the sum of it in one sentence. */
export function pageHead({ columns, families }: Grid, run: RunDocument): Markup {
  const of = (kind: string) => run.cells.filter(({ verdict }) => verdict.kind === kind).length;
  const trials = run.cells.filter(({ trial }) => trial).length;
  const faults = families.flatMap(({ rows }) => rows).filter(({ remedied }) => !remedied).length;
  const seeds = run.repeat > 1 ? `seeds ${run.seed} to ${run.seed + run.repeat - 1}` : `seed ${run.seed}`;
  const date = run.date.replace("T", " ").replace(/:\d\d\.\d+Z$/, " UTC");
  const facts = [
    date,
    `${columns.length} proxies × ${plural(faults, "fault")}`,
    `${plural(trials, "trial")} in ${(run.took / 1000).toFixed(1)} s`,
    seeds,
    timersText(run.timers),
    `badgateway ${run.badgateway} on ${run.platform}, Node ${run.node}`,
  ];
  const bad = of("fail") + of("void") > 0;
  return html`<header>
<h1><span class="${bad ? "bad" : "good"}">${bad ? "✗" : "✓"}</span> ${sentence(of("fail"), of("void"), trials)}</h1>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span> `)}</p>${absence(run)}
</header>`;
}

/** Proxies that nobody asked for by name and that the machine could not start. */
function absence({ absent }: RunDocument): Markup {
  if (absent.length === 0) return html``;
  const items = absent.map(
    ({ driver, via, missing }) => html`<li><b>${driverName({ name: driver, via })}</b> ${missing}</li>`,
  );
  return html`
<details class="absent"><summary>${absent.length === 1 ? "1 proxy was" : `${absent.length} proxies were`} not here</summary><ul>${items}</ul></details>`;
}

function sentence(failed: number, voids: number, trials: number): string {
  if (trials === 0) return "Nothing was tried";
  if (failed + voids === 0) return `All ${trials} trials as claimed`;
  const parts = [failed > 0 && `${failed} failed`, voids > 0 && `${voids} void`];
  return `${parts.filter(Boolean).join(", ")} of ${trials} trials`;
}

/** `timers 300 ms, total off`: those that are alike together. */
function timersText(timers: RunDocument["timers"]): string {
  const groups = Map.groupBy(Object.entries(timers), ([, limit]) => limit);
  const usual = [...groups].reduce((most, group) => (group[1].length > most[1].length ? group : most));
  const limitText = (limit: number) => (limit === 0 ? "off" : `${limit} ms`);
  const others = Object.entries(timers).filter(([, limit]) => limit !== usual[0]);
  return [`timers ${limitText(usual[0])}`, ...others.map(([name, limit]) => `${name} ${limitText(limit)}`)].join(", ");
}
