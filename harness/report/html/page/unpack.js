/** @type {Map<string, Promise<unknown>>} */
const unpacked = new Map();

/**
 * Inflates what is packed in the page under an id; each only once.
 * @param {string} id
 * @returns {Promise<any>}
 */
export function unpack(id) {
  const known = unpacked.get(id);
  if (known) return known;
  const value = inflate(document.getElementById(`data:${id}`)?.textContent ?? "");
  unpacked.set(id, value);
  return value;
}

/** @param {string} text */
async function inflate(text) {
  const octets = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([octets]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).json();
}
