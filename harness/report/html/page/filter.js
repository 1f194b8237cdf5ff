import { found } from "./elements.js";
import { keepStop } from "./keyboard.js";
import { lead, rows, table } from "./matrix.js";

const search = found("#search", HTMLInputElement);
const family = found("#family", HTMLSelectElement);
const remedied = found("#remedied", HTMLInputElement);
const shown = found("#shown", HTMLOutputElement);
const nothing = found("#nothing", HTMLParagraphElement);
const menu = found("#proxies", HTMLDetailsElement);
/** @type {HTMLButtonElement[]} */
const kinds = [...document.querySelectorAll("button.kind")].filter((each) => each instanceof HTMLButtonElement);
/** @type {HTMLInputElement[]} */
const columns = [...menu.querySelectorAll("input")];

export function openFilter() {
  search.addEventListener("input", apply);
  family.addEventListener("change", apply);
  remedied.addEventListener("change", apply);
  menu.addEventListener("change", apply);
  for (const kind of kinds) kind.addEventListener("click", () => press(kind));
  for (const button of menu.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      for (const column of columns) column.checked = button.dataset.all === "true";
      apply();
    });
  }
  found("#filters", HTMLFormElement).addEventListener("submit", (event) => event.preventDefault());
  found("#clear", HTMLButtonElement).addEventListener("click", clear);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  apply();
}

/** @param {HTMLButtonElement} kind */
function press(kind) {
  kind.setAttribute("aria-pressed", String(kind.getAttribute("aria-pressed") !== "true"));
  apply();
}

function clear() {
  search.value = "";
  family.value = "";
  for (const kind of kinds) kind.setAttribute("aria-pressed", "false");
  for (const column of columns) column.checked = true;
  apply();
  search.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    found("summary", HTMLElement, menu).focus();
  }
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key !== "/" || typing || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  search.focus();
}

/** Hides rows and columns. A row stays when its words fit and one of its cells is of a kind that is asked for. */
function apply() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = new Set(kinds.filter((kind) => kind.ariaPressed === "true").map(({ dataset }) => dataset.heat ?? ""));
  const open = columns.map(({ checked }) => checked);
  const counts = new Map();
  let faults = 0;
  for (const row of rows) {
    const fits =
      (family.value === "" || row.family === family.value) &&
      words.every((word) => row.words.includes(word)) &&
      (!row.remedied || remedied.checked || wentWrong(row));
    const cells = row.cells.filter((_, index) => open[index]);
    const some = wanted.size === 0 || cells.some(({ className }) => wanted.has(className));
    row.element.hidden = !fits || !some;
    if (fits) for (const { className } of cells) counts.set(className, (counts.get(className) ?? 0) + 1);
    if (fits && some && !row.remedied) faults++;
  }
  for (const body of table.tBodies)
    body.hidden = [...body.rows].every((row) => row.hidden || row.className === "family");
  showColumns(open);
  stepAside(wanted);
  for (const kind of kinds) {
    const count = counts.get(kind.dataset.heat) ?? 0;
    found("[data-count]", HTMLElement, kind).textContent = String(count);
    kind.classList.toggle("empty", count === 0);
  }
  const all = rows.filter((row) => !row.remedied).length;
  shown.textContent = faults === all ? `${all} faults` : `${faults} of ${all} faults`;
  found("[data-count]", HTMLElement, menu).textContent = `${open.filter(Boolean).length} of ${open.length}`;
  nothing.hidden = rows.some(({ element }) => !element.hidden) && open.some(Boolean);
  keepStop();
}

/** @param {import("./matrix.js").Row} row */
function wentWrong({ cells }) {
  return cells.some(({ className }) => className === "fail" || className === "void");
}

/** @param {readonly boolean[]} open */
function showColumns(open) {
  const heads = table.tHead?.rows[0]?.cells ?? [];
  for (const cells of [[...heads].slice(lead), ...rows.map((row) => row.cells)]) {
    for (const [index, cell] of cells.entries()) cell.hidden = !open[index];
  }
}

/**
 * What the legend does not ask for steps back behind what it does.
 * @param {ReadonlySet<string>} wanted
 */
function stepAside(wanted) {
  for (const { cells } of rows) {
    for (const cell of cells) cell.toggleAttribute("data-aside", wanted.size > 0 && !wanted.has(cell.className));
  }
}
