import { lead, linkIn, rows, table } from "./matrix.js";

/**
 * The matrix is one stop of the Tab key; inside it the arrows go from cell to cell, over what is hidden, Home and End
 * to the ends of a row. Every link says aloud where it stands.
 * @param {readonly { readonly title: string }[]} proxies
 */
export function openKeyboard(proxies) {
  for (const row of rows) {
    for (const [index, cell] of row.cells.entries()) {
      const link = linkIn(cell);
      if (!link) continue;
      link.tabIndex = -1;
      link.setAttribute("aria-label", `${row.id} on ${proxies[index]?.title}: ${spoken(cell, link)}`);
    }
  }
  makeStop(firstLink());
  table.addEventListener("focusin", ({ target }) => makeStop(target));
  table.addEventListener("keydown", onKey);
}

/** The stop may have been hidden by a filter: then the first cell that is shown is it. */
export function keepStop() {
  if (!stop || !isShown(stop)) makeStop(firstLink());
}

/** @type {HTMLAnchorElement | undefined} */
let stop;

/** @param {EventTarget | null | undefined} target */
function makeStop(target) {
  if (!(target instanceof HTMLAnchorElement)) return;
  if (stop) stop.tabIndex = -1;
  stop = target;
  stop.tabIndex = 0;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target } = event;
  const cell = target instanceof HTMLAnchorElement ? target.closest("td") : undefined;
  if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = neighbour(cell, key);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/**
 * @param {HTMLTableCellElement} cell
 * @param {string} key
 */
function neighbour(cell, key) {
  const row = rows.find(({ element }) => element === cell.parentElement);
  const links = row?.cells.map(linkIn) ?? [];
  const column = cell.cellIndex - lead;
  const below = rows.map(({ cells }) => linkIn(cells[column]));
  const here = row ? rows.indexOf(row) : -1;
  switch (key) {
    case "ArrowRight":
      return links.slice(column + 1).find(isShown);
    case "ArrowLeft":
      return links.slice(0, column).findLast(isShown);
    case "Home":
      return links.find(isShown);
    case "End":
      return links.findLast(isShown);
    case "ArrowDown":
      return below.slice(here + 1).find(isShown);
    case "ArrowUp":
      return below.slice(0, here).findLast(isShown);
    default:
      return undefined;
  }
}

function firstLink() {
  return rows.flatMap(({ cells }) => cells.map(linkIn)).find(isShown);
}

/**
 * As the legend has it.
 * @param {string} heat
 */
function heatName(heat) {
  return document.querySelector(`.kind[data-heat="${heat}"] .word`)?.textContent ?? "";
}

/** @param {HTMLAnchorElement | undefined} link */
function isShown(link) {
  return link?.checkVisibility() ?? false;
}

/**
 * @param {HTMLTableCellElement} cell
 * @param {HTMLAnchorElement} link
 */
function spoken(cell, link) {
  const got = link.textContent.replace(/[*✗○–·]/g, "").trim();
  return [got, heatName(cell.className)].filter((part) => part !== "").join(", ");
}
