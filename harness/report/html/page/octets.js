import { element } from "./elements.js";

/** @typedef {import("../data.ts").Octets} Octets */

/**
 * What went over the wire, as text in which nothing is invisible, and as octets: both are there, one is shown.
 * @param {string} title
 * @param {Octets} octets
 */
export function octetsView(title, octets) {
  const head = element("h5", {}, title, " ", element("small", {}, `${octets.bytes} octets`));
  if (octets.bytes === 0) return element("div", { class: "octets none" }, head);
  const left = octets.bytes - octets.first.length - (octets.last?.length ?? 0);
  const gap = octets.last === undefined ? "" : `\n… ${left} octets …\n`;
  const tail = octets.last ?? "";
  const label = { tabindex: "0", role: "group", "aria-label": title };
  return element(
    "div",
    { class: "octets" },
    head,
    element("pre", { ...label, class: "printable" }, ...printable(octets.first), gap, ...printable(tail)),
    element(
      "pre",
      { ...label, class: "hex" },
      hexDump(octets.first, 0),
      gap,
      tail === "" ? "" : hexDump(tail, octets.bytes - tail.length),
    ),
  );
}

/**
 * Control characters, and what is no ASCII, stand out by their names.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function printable(text) {
  return text.split(/(\r\n|[^\x20-\x7e])/).flatMap((part, index) => {
    if (index % 2 === 0) return part === "" ? [] : [part];
    const name = part === "\r\n" ? "\\r\\n" : (named[part] ?? `\\x${hex(part)}`);
    return [element("i", {}, name), part.endsWith("\n") ? "\n" : ""];
  });
}

/** @type {Readonly<Record<string, string>>} */
const named = { "\r": "\\r", "\n": "\\n", "\t": "\\t", "\0": "\\0" };

/**
 * Sixteen octets a line: where they stand, what they are, what they would read.
 * @param {string} text
 * @param {number} from
 */
function hexDump(text, from) {
  const lines = [];
  for (let at = 0; at < text.length; at += 16) {
    const octets = [...text.slice(at, at + 16)];
    const left = octets.slice(0, 8).map(hex).join(" ").padEnd(23);
    const right = octets.slice(8).map(hex).join(" ").padEnd(23);
    const read = octets.map((octet) => (/[\x20-\x7e]/.test(octet) ? octet : "·")).join("");
    lines.push(`${(from + at).toString(16).padStart(6, "0")}  ${left}  ${right}  ${read}`);
  }
  return lines.join("\n");
}

/** @param {string} octet */
function hex(octet) {
  return octet.charCodeAt(0).toString(16).padStart(2, "0");
}
