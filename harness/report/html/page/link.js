/**
 * A cell's address: the fragment of the page's. `#slow/late-answer/nginx`, `#slow/late-answer.remedied/nginx`.
 * @typedef {{ readonly row: string, readonly proxy: string }} Place
 */

/**
 * @param {string} fragment
 * @returns {Place | undefined}
 */
export function placeOf(fragment) {
  const [, row, proxy] = /^#([^/]+\/[^/]+)\/([^/]+)$/.exec(decodeURIComponent(fragment)) ?? [];
  return row === undefined || proxy === undefined ? undefined : { row, proxy };
}

/** @param {Place} place */
export function fragmentOf({ row, proxy }) {
  return `#${row}/${proxy}`;
}

/**
 * The same as an address that can be passed on.
 * @param {Place} place
 */
export function addressOf(place) {
  return new URL(fragmentOf(place), location.href).href;
}
