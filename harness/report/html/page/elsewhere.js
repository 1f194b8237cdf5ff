import { element } from "./elements.js";
import { addressOf } from "./link.js";
import { linkIn, rows } from "./matrix.js";

/**
 * What the other proxies made of the same fault, as in the matrix.
 * @param {import("./link.js").Place} place
 * @param {readonly import("../data.ts").ProxyText[]} proxies
 */
export function elsewhereView(place, proxies) {
  const cells = rows.find(({ id }) => id === place.row)?.cells ?? [];
  const tiles = cells.flatMap((cell, index) => {
    const proxy = proxies[index];
    const link = linkIn(cell);
    if (!proxy || !link || proxy.id === place.proxy) return [];
    const got = element("span", { class: `got ${cell.className}` }, link.textContent);
    const address = addressOf({ ...place, proxy: proxy.id });
    return [element("li", {}, element("a", { href: address }, got, ` ${proxy.title}`))];
  });
  return tiles.length > 0 && element("ul", { class: "elsewhere" }, ...tiles);
}
