import { drawn } from "./elements.js";

/**
 * @typedef {object} Where
 * @property {number} x
 * @property {number} y
 * @property {"left" | "right"} side
 * @property {number} room As wide as the words may be.
 * @property {boolean} several There are several upstreams, so that each has to be named.
 * @property {boolean} terse There is only room for the act.
 */

const gap = 8;
/** As wide as a character is in the middle, rather too wide. */
const character = 6.4;

/**
 * When it was, who did what, and as much of the detail as there is room for; all of it when pointed at.
 * @param {import("./sequence-layout.js").Event} event
 * @param {Where} where
 */
export function wordsOf({ at, who, act, detail, times }, { x, y, side, room, several, terse }) {
  const name = several ? `${who.replace("upstream ", "")}: ` : "";
  const often = times.length > 1 ? ` × ${times.length}` : "";
  const time = at.toFixed(1);
  const words = `${name}${act}${often}`;
  const some = terse ? "" : cut(detail, Math.floor((room - gap) / character) - time.length - words.length - 1);
  const parts = [
    drawn("tspan", { class: "act", dx: side === "left" || terse ? 0 : gap }, words),
    some !== "" && drawn("tspan", { class: "detail" }, ` ${some}`),
  ];
  const clock = !terse && drawn("tspan", { class: "time", dx: side === "left" ? gap : 0 }, time);
  return drawn(
    "text",
    { class: "event", x, y, "text-anchor": side === "left" ? "end" : "start" },
    ...(side === "left" ? [...parts, clock] : [clock, ...parts]),
    drawn("title", {}, `${time} ms  ${who}  ${act}${often}  ${detail}`),
  );
}

/**
 * @param {string} text
 * @param {number} most
 */
function cut(text, most) {
  if (text.length <= most) return text;
  return most < 6 ? "" : `${text.slice(0, most - 1)}…`;
}
