/** Field lines as pairs, in the order of the wire. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** Node's `rawHeaders` as pairs. */
export function pairsOf(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return pairs;
}

/** @param name in lower case */
export function valuesIn(fields: Fields, name: string): string[] {
  const values: string[] = [];
  for (const [field, value] of fields) {
    if (field.length === name.length && field.toLowerCase() === name) values.push(value);
  }
  return values;
}

/** The members of a comma-separated field, in lower case. @param name in lower case */
export function wordsIn(fields: Fields, name: string): string[] {
  const values = valuesIn(fields, name);
  if (values.length === 0) return values;
  return values
    .flatMap((value) => value.split(","))
    .map((word) => withoutBlanks(word).toLowerCase())
    .filter((word) => word !== "");
}

/** Optional whitespace is SP and HTAB alone (RFC 9110 §5.6.3): whatever else stands there is part of the value. */
export function withoutBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text, from)) from += 1;
  while (to > from && isBlank(text, to - 1)) to -= 1;
  return text.slice(from, to);
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}
