import { closest, distance } from "fastest-levenshtein";

/** The name that was probably meant; none when every one of them is further away than a third of the word. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const name = closest(word.toLowerCase(), names);
  return distance(word.toLowerCase(), name) <= Math.max(2, word.length / 3) ? name : undefined;
}

/** The second half of an error about an unknown name: what was probably meant, or all there is. */
export function meant(word: string, names: readonly string[], all = names.join(", ")): string {
  const name = nearest(word, names);
  return name === undefined ? `known: ${all}` : `did you mean ${name}?`;
}
