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

/** The members of a comma-separated field, in lower case. */
export function wordsIn(fields: Fields, name: string): string[] {
  const values = valuesIn(fields, name);
  if (values.length === 0) return values;
  return values
    .flatMap((value) => value.split(","))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");
}

/** Fields that concern one connection alone, whether or not `Connection` names them (RFC 9110 §7.6.1). */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "trailer",
  "upgrade",
  "http2-settings",
]);

/** A sender that names these as hop-by-hop would have the message's frame or target taken away from it. */
const indispensable: ReadonlySet<string> = new Set(["content-length", "host"]);

/** Takes off the hop-by-hop fields and those that `Connection` names. */
export function endToEnd(fields: Fields): (readonly [string, string])[] {
  const named = wordsIn(fields, "connection");
  return fields.filter(([name]) => {
    const word = name.toLowerCase();
    return !hopByHop.has(word) && (!named.includes(word) || indispensable.has(word));
  });
}
