import { createHash } from "node:crypto";
import type { RunDocument } from "../json.ts";
import { columnTexts } from "./column-texts.ts";
import { faultText } from "./fault-text.ts";
import { type Grid, gridOf } from "./grid.ts";
import { pageHead } from "./head.ts";
import { html, Markup } from "./markup.ts";
import { packed } from "./packed.ts";
import { pageScript, pageStyle } from "./page-files.ts";
import type { Bounds } from "./record-text.ts";
import { matrixTable } from "./table.ts";
import { toolbar } from "./toolbar.ts";

/** From all that matters to what is left when a run is very large. */
const bounds: readonly Bounds[] = [
  { exchanges: 24, connections: 24, notes: 96, said: 40, words: 2_000, first: 2_048, last: 512 },
  { exchanges: 8, connections: 8, notes: 48, said: 12, words: 500, first: 512, last: 128 },
  { exchanges: 3, connections: 3, notes: 24, said: 4, words: 200, first: 192, last: 32 },
];

/** As large as the page may become where less detail can prevent it, in octets. */
const fitting = 5 * 1024 * 1024;

/**
 * A run as one HTML file that needs nothing else: the matrix, and behind each cell the whole exchange. The table is
 * there as it is; what stands behind the cells is packed, a column at a time.
 */
export function htmlReport(run: RunDocument, most = fitting): string {
  const grid = gridOf(run);
  let page = "";
  for (const detail of bounds) {
    page = pageOf(grid, run, detail);
    if (Buffer.byteLength(page) <= most) break;
  }
  return page;
}

function pageOf(grid: Grid, run: RunDocument, detail: Bounds): string {
  const script = pageScript();
  const digest = createHash("sha256").update(script).digest("base64");
  // Bytes of peers are shown here: nothing but our own script may ever run, and nothing may be fetched.
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>badgateway report, ${run.date.slice(0, 10)}</title>
<style>${new Markup(pageStyle())}</style>
</head>
<body>
${pageHead(grid, run)}
<main>
${toolbar(grid)}
<p id="nothing" hidden>No fault fits. <button type="button" id="clear">Clear all filters</button></p>
<div class="scroller">
${matrixTable(grid, run)}
</div>
</main>
<dialog id="panel" aria-labelledby="panel-title"></dialog>
<noscript><p class="note">The exchanges behind the cells need JavaScript to be unpacked.</p></noscript>
${data(grid, run, detail)}<script type="module">${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}

function data({ columns }: Grid, run: RunDocument, detail: Bounds): Markup {
  const faults = Object.fromEntries(run.scenarios.map((scenario) => [scenario.id, faultText(scenario)]));
  const proxies = columns.map(({ proxy }) => proxy);
  const parts = columns.map(({ proxy, tiles }) => packed(`column:${proxy.id}`, columnTexts(tiles, run, detail)));
  return html`${packed("proxies", proxies)}${packed("faults", faults)}${parts}`;
}
