import { element } from "./elements.js";
import { addressOf } from "./link.js";

/** @typedef {import("./exchange.js").Shown} Shown */

/** @type {Readonly<Record<string, readonly [sign: string, words: string]>>} */
const verdicts = {
  pass: ["✓", "As the standards ask"],
  fail: ["✗", "Failed"],
  void: ["○", "Void: the fault did not provably happen"],
  skipped: ["–", "Skipped"],
  inapplicable: ["·", "Not applicable"],
};

/**
 * What the client got, what it should have got, and why it did not.
 * @param {Shown} shown
 */
export function verdictView({ cell, fault, place }) {
  const departs = cell.kind === "pass" && cell.departs.length > 0;
  const [sign = "", words = ""] = departs
    ? ["*", "Departs from the standards, as measured"]
    : (verdicts[cell.kind] ?? []);
  const remedied = place.row.endsWith(".remedied");
  const when = Math.max(0, ...(cell.record?.exchanges ?? []).map(({ took }) => took));
  const wanted = remedied ? (fault.remedied ?? "clean") : fault.claim;
  const at = !remedied && fault.at ? ` at the ${fault.at} timer` : "";
  return element(
    "div",
    { class: "verdict", "data-kind": departs ? "departs" : cell.kind },
    element("p", { class: "sign" }, element("b", { "aria-hidden": "true" }, sign), ` ${words}`),
    ...[...cell.why, ...(cell.record?.spoiled ? [cell.record.spoiled] : [])].map((why) => element("p", {}, why)),
    element(
      "dl",
      {},
      ...fact(
        "The client got",
        cell.got === "" ? "nothing was asked" : cell.got,
        cell.record && (cell.runs ? `in ${cell.runs} runs, one of them below` : `after ${Math.round(when)} ms`),
      ),
      ...fact("The standards ask", wanted, at),
      ...(cell.claim === undefined ? [] : fact("Expected of this proxy", cell.claim, whenAt(cell.at))),
      ...fact("Cause", fault.causes.join(" or ") || "none: nothing is wrong"),
      ...fact("Proof", fault.proof.join("; ")),
      ...fact("Asked by", fault.spec.join(", ")),
    ),
    ...cell.departs.map((reason) => element("p", { class: "reason" }, element("b", {}, "Why it departs: "), reason)),
    fault.racy !== undefined && element("p", { class: "reason" }, element("b", {}, "May vary: "), fault.racy),
    cell.varies &&
      element(
        "ul",
        { class: "varies" },
        ...cell.varies.map(({ runs, got, seed }) =>
          element("li", {}, `${runs} runs: ${got} `, element("small", {}, `seed ${seed}`)),
        ),
      ),
    remedied &&
      element(
        "p",
        {},
        element("a", { href: addressOf({ ...place, row: place.row.replace(".remedied", "") }) }, "← the fault itself"),
      ),
  );
}

/** @param {string | undefined} at */
function whenAt(at) {
  if (at === undefined) return "";
  return at === "never" ? "at no timer of its own" : `at the ${at} timer`;
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string | undefined} aside
 */
function fact(name, value, aside = "") {
  return [element("dt", {}, name), element("dd", {}, value, aside !== "" && element("small", {}, ` ${aside.trim()}`))];
}
