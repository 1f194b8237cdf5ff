import type { Grid } from "./grid.ts";
import { heats } from "./heat.ts";
import { html, type Markup } from "./markup.ts";

/** The legend, which filters too, and what else narrows the matrix down. The script gives the numbers. */
export function toolbar({ columns, families }: Grid): Markup {
  const kinds = Object.entries(heats).map(
    ([heat, { sign, name, means }]) =>
      html`<button type="button" class="kind" aria-pressed="false" data-heat="${heat}" title="${means}"><span class="swatch ${heat}" aria-hidden="true">${sign}</span><span class="word">${name}</span> <b data-count></b></button>
`,
  );
  const proxies = columns.map(
    ({ proxy }, index) =>
      html`<label><input type="checkbox" checked data-column="${index}"> ${proxy.title}</label>
`,
  );
  const remedied = families.some(({ rows }) => rows.some((row) => row.remedied));
  return html`<form id="filters" role="search" aria-label="Filter the matrix">
<div class="kinds" role="group" aria-label="Show only">
${kinds}</div>
<div class="fields">
<label class="search"><span class="unseen">Search</span><input type="search" id="search" placeholder="Search faults and causes" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"></label>
<label><span class="unseen">Family</span><select id="family"><option value="">All families</option>${families.map(({ name }) => html`<option>${name}</option>`)}</select></label>
<details id="proxies"><summary>Proxies <b data-count></b></summary><div class="menu" role="group" aria-label="Proxies">
<p><button type="button" data-all="true">All</button> <button type="button" data-all="false">None</button></p>
${proxies}</div></details>
<label class="check" ${remedied ? "" : "hidden"}><input type="checkbox" id="remedied"> Remedied runs</label>
<output id="shown"></output>
</div>
</form>`;
}
