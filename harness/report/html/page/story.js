import { element } from "./elements.js";
import { addressOf } from "./link.js";

/** @typedef {import("./exchange.js").Shown} Shown */

/**
 * What a person learns from the fault; the remedy with its proof.
 * @param {Shown} shown
 * @returns {HTMLElement[]}
 */
export function storyView({ fault, cured, place }) {
  const evidence = fault.evidence.map((line) => element("li", {}, element("code", {}, line)));
  return [
    part("What one sees", element("p", {}, fault.symptom)),
    part("Why", element("p", {}, fault.why)),
    part("Evidence", element("ul", { class: "evidence" }, ...evidence)),
    part("Remedy", element("p", {}, fault.remedy), proof(cured, place)),
  ];
}

/**
 * @param {import("../data.ts").CellText | undefined} cured
 * @param {import("./link.js").Place} place
 */
function proof(cured, place) {
  if (!cured || place.row.endsWith(".remedied")) return false;
  const link = element("a", { href: addressOf({ ...place, row: `${place.row}.remedied` }) }, "see that exchange");
  const words = {
    pass: `✓ Proven: with the cause taken away, the same proxy gave ${cured.got}; `,
    fail: `✗ Not proven: with the cause taken away, the same proxy gave ${cured.got}; `,
    void: "○ Not proven: the remedied run was void; ",
    skipped: "– The remedied run was skipped; ",
    inapplicable: "· The proxy has no means for the remedied run; ",
  };
  return element("p", { class: "proof", "data-kind": cured.kind }, words[cured.kind], link, ".");
}

/**
 * @param {string} title
 * @param {readonly import("./elements.js").Child[]} content
 */
function part(title, ...content) {
  return element("section", {}, element("h3", {}, title), ...content);
}
