import { found } from "./elements.js";

/**
 * @typedef {object} Row
 * @property {HTMLTableRowElement} element
 * @property {string} id
 * @property {string} family
 * @property {boolean} remedied
 * @property {string} words Everything that a search looks at.
 * @property {readonly HTMLTableCellElement[]} cells One for each proxy.
 */

/** Cells before those of the first proxy: the fault, and what the standards ask. */
export const lead = 2;

export const table = found("#matrix", HTMLTableElement);

/** @type {readonly Row[]} */
export const rows = [...table.tBodies].flatMap((body) =>
  [...body.rows]
    .filter((row) => row.id.startsWith("row:"))
    .map((row) => ({
      element: row,
      id: row.id.slice("row:".length),
      family: body.dataset.family ?? "",
      remedied: row.classList.contains("remedied"),
      words: `${row.id.slice("row:".length)} ${row.cells[0]?.textContent} ${row.dataset.words}`.toLowerCase(),
      cells: [...row.cells].slice(lead),
    })),
);

/**
 * @param {Element | null | undefined} cell
 * @returns {HTMLAnchorElement | undefined}
 */
export function linkIn(cell) {
  const link = cell?.firstElementChild;
  return link instanceof HTMLAnchorElement ? link : undefined;
}
