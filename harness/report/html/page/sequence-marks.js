import { drawn } from "./elements.js";
import { headOf, wayOf } from "./sequence-layout.js";

/**
 * What happened, on the lane where it did: an arrow for what goes over the wire, a dot for what does not.
 * @param {string} act
 * @param {number} x
 * @param {number} proxy
 * @param {number} y
 */
export function markParts(act, x, proxy, y) {
  const way = wayOf(act);
  if (!way) return [drawn("circle", { class: "mark", cx: x, cy: y, r: 3.5 })];
  const [from, to] = way === "towards" ? [x, proxy] : [proxy, x];
  const sign = Math.sign(to - from);
  const end = to - sign * 5;
  const head = headOf(act);
  const tip =
    head === "cross"
      ? `M${end - 4} ${y - 4}l8 8m0 -8l-8 8`
      : head === "bar"
        ? `M${end} ${y - 5}v10`
        : `M${end - sign * 6} ${y - 3.5}L${end} ${y}L${end - sign * 6} ${y + 3.5}`;
  return [
    drawn("line", { class: "message", x1: from + sign * 5, x2: end, y1: y, y2: y }),
    drawn("path", { class: "tip", d: tip }),
  ];
}
