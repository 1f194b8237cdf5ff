import { type Fields, wordsIn } from "../fields.ts";

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
