import type { IncomingMessage } from "node:http";
import { pairsOf, wordsIn } from "../fields.ts";
import type { Failure } from "./failure.ts";

/** A request that has passed here before says so in `Via` (RFC 9110 §7.6.3), or in `CDN-Loop` where `Via` was stripped (RFC 8586). */
export function loopOf(request: IncomingMessage, name: string): Failure | undefined {
  if (request.headers.via === undefined && request.headers["cdn-loop"] === undefined) return undefined;
  const fields = pairsOf(request.rawHeaders);
  const own = name.toLowerCase();
  const via = wordsIn(fields, "via").some((word) => word.split(/[\t ]+/)[1] === own);
  const cdnLoop = wordsIn(fields, "cdn-loop").some((word) => word.split(/[\t ;]/)[0] === own);
  if (!via && !cdnLoop) return undefined;
  return { cause: "proxy_loop_detected", details: `the request names this gateway in ${via ? "Via" : "CDN-Loop"}` };
}
