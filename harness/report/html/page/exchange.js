import { element } from "./elements.js";
import { elsewhereView } from "./elsewhere.js";
import { octetsView, printable } from "./octets.js";
import { sequence } from "./sequence.js";
import { storyView } from "./story.js";
import { verdictView } from "./verdict.js";

/** @typedef {import("../data.ts").CellText} CellText */
/** @typedef {import("../data.ts").FaultText} FaultText */
/** @typedef {import("../data.ts").ProxyText} ProxyText */
/** @typedef {import("../data.ts").RecordText} RecordText */

/**
 * @typedef {object} Shown
 * @property {import("./link.js").Place} place
 * @property {ProxyText} proxy
 * @property {readonly ProxyText[]} proxies All of them.
 * @property {FaultText} fault
 * @property {CellText} cell
 * @property {CellText | undefined} cured The remedied run on the same proxy.
 */

/**
 * Everything there is to know of one cell.
 * @param {Shown} shown
 */
export function exchangeView(shown) {
  const { place, proxy, proxies, fault, cell } = shown;
  const { record } = cell;
  const elsewhere = elsewhereView(place, proxies);
  return element(
    "article",
    {},
    element(
      "header",
      {},
      element(
        "p",
        { class: "crumb" },
        place.row.replace(".remedied", ", remedied"),
        " on ",
        element("b", {}, proxy.title),
      ),
      element("h2", { id: "panel-title", tabindex: "-1" }, fault.title),
    ),
    verdictView(shown),
    record && section("Both ends", timelineView(record, proxy.title)),
    record && section("On the wire", wireView(record)),
    record && section(`What ${proxy.title.split(" ")[0]} said`, saidView(record)),
    ...storyView(shown),
    elsewhere && section("On the other proxies", elsewhere),
    section("Again", ...againView(cell)),
  );
}

/**
 * @param {string} title
 * @param {readonly import("./elements.js").Child[]} content
 */
function section(title, ...content) {
  return element("section", {}, element("h3", {}, title), ...content);
}

/**
 * The drawing has the width that there is, and never less than it needs.
 * @param {RecordText} record
 * @param {string} proxy
 */
function timelineView(record, proxy) {
  const frame = element("div", { class: "frame", tabindex: "0", role: "group", "aria-label": "Sequence diagram" });
  new ResizeObserver(() => {
    const width = Math.max(330, Math.floor(frame.clientWidth));
    if (frame.dataset.width === String(width)) return;
    frame.dataset.width = String(width);
    frame.replaceChildren(sequence(record, proxy, width));
  }).observe(frame);
  const lines = record.notes.map(({ at, who, act, detail = "" }) =>
    element(
      "tr",
      {},
      element("td", { class: "number" }, at.toFixed(1)),
      ...[who, act, detail].map((text) => element("td", {}, text)),
    ),
  );
  const heads = ["ms", "who", "act", "detail"].map((text) => element("th", { scope: "col" }, text));
  const left =
    record.left.notes > 0 && element("p", { class: "left" }, `${record.left.notes} notes in the middle are left out.`);
  return element(
    "div",
    {},
    frame,
    element(
      "details",
      {},
      element("summary", {}, `The ${record.notes.length} notes as a table`),
      element(
        "div",
        { class: "frame", tabindex: "0", role: "group", "aria-label": "Notes" },
        element(
          "table",
          { class: "notes" },
          element("thead", {}, element("tr", {}, ...heads)),
          element("tbody", {}, ...lines),
        ),
      ),
    ),
    left,
  );
}

/** @param {RecordText} record */
function wireView({ exchanges, connections, left }) {
  const client = exchanges.map(({ sent, received, got, took, ending }, index) =>
    element(
      "div",
      { class: "talk" },
      element("h4", {}, `Exchange ${index + 1}`, element("small", {}, `${got}, ${ending} after ${took.toFixed(1)} ms`)),
      octetsView("client → proxy", sent),
      octetsView("proxy → client", received),
    ),
  );
  const upstream = connections.map(({ title, received, sent }) =>
    element(
      "div",
      { class: "talk" },
      element("h4", {}, title),
      octetsView("proxy → upstream", received),
      octetsView("upstream → proxy", sent),
    ),
  );
  const more = (/** @type {number} */ count) =>
    count > 0 && element("p", { class: "left" }, `${count} more are left out.`);
  return element(
    "div",
    {},
    form(),
    element(
      "div",
      { class: "wire" },
      element("div", { class: "side" }, ...client, more(left.exchanges)),
      element(
        "div",
        { class: "side" },
        ...(upstream.length > 0
          ? upstream
          : [element("p", { class: "left" }, "No connection reached an upstream that could record it.")]),
        more(left.connections),
      ),
    ),
  );
}

/** Text or octets: what is chosen holds for the next exchange too. */
function form() {
  const modes = [
    ["printable", "Text"],
    ["hex", "Octets"],
  ].map(([mode = "", name = ""]) => {
    const radio = element("input", { type: "radio", name: "octets", value: mode });
    radio.checked = (document.body.dataset.octets ?? "printable") === mode;
    radio.addEventListener("change", () => {
      document.body.dataset.octets = mode;
    });
    return element("label", {}, radio, name);
  });
  return element("div", { class: "modes", role: "radiogroup", "aria-label": "Show as" }, ...modes);
}

/** @param {RecordText} record */
function saidView({ said, died, left }) {
  const lines = said.map((line) => element("li", {}, element("code", {}, ...printable(line))));
  return element(
    "div",
    {},
    lines.length > 0 ? element("ul", { class: "said" }, ...lines) : element("p", { class: "left" }, "Nothing."),
    left.said > 0 && element("p", { class: "left" }, `${left.said} more lines are left out.`),
    died !== undefined && element("p", { class: "bad" }, `The process is gone: ${died}`),
  );
}

/** @param {CellText} cell */
function againView({ again, record }) {
  const facts = (record?.plan ?? []).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const command = element("code", {}, again);
  return [
    element("pre", { class: "command", tabindex: "0", role: "group", "aria-label": "Command" }, command),
    facts.length > 0 && element("dl", { class: "plan" }, ...facts),
  ];
}
