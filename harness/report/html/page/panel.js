import { element, found } from "./elements.js";
import { exchangeView } from "./exchange.js";
import { fragmentOf, placeOf } from "./link.js";
import { lead, linkIn, rows } from "./matrix.js";
import { unpack } from "./unpack.js";

/** @typedef {import("./link.js").Place} Place */
/** @typedef {import("../data.ts").ProxyText} ProxyText */

const panel = found("#panel", HTMLDialogElement);

/**
 * The panel shows the exchange that the page's fragment names: a link opens it, the back button closes it.
 * @param {readonly ProxyText[]} proxies
 */
export function openPanel(proxies) {
  const follow = () => void show(placeOf(location.hash), proxies);
  window.addEventListener("hashchange", follow);
  panel.addEventListener("close", closed);
  panel.addEventListener("click", ({ target }) => {
    if (target === panel) panel.close(); // beside it
  });
  follow();
}

/** @type {Place | undefined} */
let shown;

/**
 * @param {Place | undefined} place
 * @param {readonly ProxyText[]} proxies
 */
async function show(place, proxies) {
  shown = place;
  const proxy = proxies.find(({ id }) => id === place?.proxy);
  if (!place || !proxy) return panel.close();
  const [cells, faults] = await Promise.all([unpack(`column:${proxy.id}`), unpack("faults")]);
  if (shown !== place) return;
  const cell = cells[place.row];
  const fault = faults[place.row.replace(/\.remedied$/, "")];
  if (!cell || !fault) return panel.close();
  panel.replaceChildren(
    panelBar(place, proxies),
    exchangeView({ place, proxy, proxies, fault, cell, cured: cells[`${place.row}.remedied`] }),
  );
  if (!panel.open) panel.showModal();
  found("#panel-title", HTMLElement).focus(); // so that it is read aloud, and the keys scroll
  panel.scrollTop = 0;
  panel.dispatchEvent(new Event("filled"));
}

function closed() {
  const place = shown;
  shown = undefined;
  if (location.hash !== "") history.replaceState(null, "", location.href.replace(/#.*$/, ""));
  if (place) linkOf(place)?.focus();
}

/**
 * The neighbours of a cell, over what is filtered out.
 * @param {Place} place
 * @param {readonly ProxyText[]} proxies
 */
function panelBar(place, proxies) {
  const row = rows.find(({ id }) => id === place.row);
  const column = proxies.findIndex(({ id }) => id === place.proxy);
  const inColumn = rows.filter(({ element, cells }) => !element.hidden && linkIn(cells[column]));
  const inRow = (row?.cells ?? []).filter((cell) => !cell.hidden && linkIn(cell));
  const here = row ? inColumn.indexOf(row) : -1;
  const cell = row?.cells[column];
  const across = cell ? inRow.indexOf(cell) : -1;
  const proxyAt = (/** @type {HTMLTableCellElement | undefined} */ other) =>
    other && proxies[other.cellIndex - lead]
      ? { ...place, proxy: proxies[other.cellIndex - lead]?.id ?? "" }
      : undefined;
  const rowAt = (/** @type {import("./matrix.js").Row | undefined} */ other) => other && { ...place, row: other.id };
  const close = element("button", { type: "button", class: "close", "aria-label": "Close" }, "✕");
  close.addEventListener("click", () => panel.close());
  return element(
    "nav",
    { "aria-label": "Other cells" },
    step("←", "Previous proxy", across > 0 ? proxyAt(inRow[across - 1]) : undefined),
    step("→", "Next proxy", across >= 0 ? proxyAt(inRow[across + 1]) : undefined),
    step("↑", "Previous fault", here > 0 ? rowAt(inColumn[here - 1]) : undefined),
    step("↓", "Next fault", here >= 0 ? rowAt(inColumn[here + 1]) : undefined),
    element("span", { class: "address" }, fragmentOf(place)),
    close,
  );
}

/**
 * @param {string} sign
 * @param {string} name
 * @param {Place | undefined} to
 */
function step(sign, name, to) {
  const button = element("button", { type: "button", "aria-label": name, title: name }, sign);
  button.disabled = to === undefined;
  button.addEventListener("click", () => {
    if (!to) return;
    panel.addEventListener("filled", () => focusStep(name), { once: true });
    location.replace(fragmentOf(to));
  });
  return button;
}

/**
 * The bar is made anew: what had the focus has it again.
 * @param {string} name
 */
function focusStep(name) {
  const button = panel.querySelector(`nav [aria-label="${name}"]:enabled`) ?? panel.querySelector("nav button:enabled");
  if (button instanceof HTMLElement) button.focus();
}

/** @param {Place} place */
function linkOf({ row, proxy }) {
  const link = document.querySelector(`a[href="${CSS.escape(fragmentOf({ row, proxy }))}"]`);
  return link instanceof HTMLElement ? link : undefined;
}
