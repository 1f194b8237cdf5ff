import { claimsText } from "../claim.ts";
import type { RunDocument } from "../json.ts";

import { gotText, rowId, type Tile } from "./column-texts.ts";
import type { ProxyText } from "./data.ts";
import type { Grid, Row } from "./grid.ts";
import { type Heat, heatOf, heats } from "./heat.ts";
import { html, type Markup } from "./markup.ts";

/**
 * The matrix: families as sections, scenarios as rows, proxies as columns. Every cell is a link to its exchange, so
 * that it has an address, and works with the keyboard, before any script has run.
 */
export function matrixTable({ columns, families }: Grid, run: RunDocument): Markup {
  const claims = new Map(
    run.scenarios.flatMap(({ id, claims, causes, remedied }) => [
      [id, claimsText(claims, causes)],
      [rowId({ scenario: id, remedied: true }), claimsText(remedied?.claims ?? [], [])],
    ]),
  );
  const causes = new Map(run.scenarios.map(({ id, causes }) => [id, causes.join(" ")]));
  const sections = families.map(
    ({ name, rows }) => html`<tbody data-family="${name}">
<tr class="family"><th scope="rowgroup" colspan="2"><span class="stick">${name} <small>${rows.filter(({ remedied }) => !remedied).length}</small></span></th><td colspan="${columns.length}"></td></tr>
${rows.map((row) => tableRow(row, columns, claims.get(row.id) ?? "", causes.get(row.scenario) ?? ""))}</tbody>
`,
  );
  return html`<table id="matrix" class="${columns.length <= 5 ? "few" : "many"}">
<caption class="unseen">What each proxy tells the client, fault by fault</caption>
<thead><tr><th scope="col" class="corner">fault</th><th scope="col" class="claim">standards ask</th>${columns.map(proxyHead)}</tr></thead>
${sections}</table>`;
}

function proxyHead({ proxy, tiles }: Grid["columns"][number]): Markup {
  const name = proxy.title.replace(/ [^ (]+$/, "");
  const version = proxy.title.slice(name.length + 1);
  const counts = Map.groupBy(
    tiles.filter(({ record }) => !record.remedied).map((tile) => heatOfTile(tile)),
    (heat) => heat,
  );
  const shares = (Object.keys(heats) as Heat[]).flatMap((heat) => {
    const count = counts.get(heat)?.length ?? 0;
    return count === 0 ? [] : [html`<i class="${heat}" style="flex-grow:${count}"></i>`];
  });
  const told = [...counts].map(([heat, all]) => `${all.length} ${heats[heat].name}`).join(", ");
  return html`<th scope="col" class="proxy" title="${proxy.title}: ${told}"><span class="name">${name}</span> <small>${version}</small><span class="share" aria-hidden="true">${shares}</span></th>`;
}

function tableRow(row: Row, columns: Grid["columns"], claim: string, causes: string): Markup {
  const name = row.scenario.slice(row.scenario.indexOf("/") + 1);
  const told = row.remedied ? html`<span class="name">↳ remedied</span>` : html`<span class="name">${name}</span>`;
  const cells = row.tiles.map((tile, index) => tableCell(tile, row, columns[index]?.proxy));
  return html`<tr id="row:${row.id}" class="${row.remedied ? "remedied" : "fault"}" data-words="${causes}"><th scope="row" title="${row.title}">${told} <span class="title">${row.title}</span></th><td class="claim" title="${claim}">${claim}</td>${cells}</tr>
`;
}

function tableCell(tile: Tile | undefined, row: Row, proxy: ProxyText | undefined): Markup {
  if (!tile || !proxy) return html`<td></td>`;
  const heat = heatOfTile(tile);
  return html`<td class="${heat}"><a href="#${row.id}/${proxy.id}">${cellText(tile, heat)}</a></td>`;
}

function heatOfTile({ distribution, record }: Tile): Heat {
  const exchanges = distribution.cells.flatMap(({ trial }) => trial?.exchanges ?? []);
  const [first] = distribution.cells;
  if (!first) return "none";
  return heatOf({ ...first, verdict: record.verdict, ...(record.trial && { trial: { ...record.trial, exchanges } }) });
}

function cellText(tile: Tile, heat: Heat): string {
  const { sign } = heats[heat];
  const got = gotText(tile.distribution);
  if (got === "") return sign;
  return sign === "*" ? `${got}*` : `${sign} ${got}`.trim();
}
