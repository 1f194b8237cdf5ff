import { ResponseReader } from "../../harness/response-reader.ts";
import type { Case } from "./cases.ts";

/** By the rules of RFC 9112 §6.3 the message does not come to its end. Close-delimited ones do, unless by RST or never. */
export function isBrokenOff(one: Case): boolean {
  const reader = readerFor(one);
  reader.push(Buffer.from(one.bytes, "latin1"));
  if (reader.head === undefined || reader.whole) return false;
  if (reader.malformed !== undefined) return true;
  reader.end();
  return one.end !== "fin" || !reader.whole;
}

/**
 * More comes in a piece of its own when the message has ended. The connection may carry the next request by then, and
 * whoever reads it can only take it for the answer: RFC 9112 §9.2 tells them apart while none is outstanding.
 */
export function hasAfterthought(one: Case): boolean {
  const reader = readerFor(one);
  return pieces(one).some((piece) => {
    if (reader.whole) return true;
    reader.push(Buffer.from(piece, "latin1"));
    return false;
  });
}

/** What is written at once. None is empty. */
export function pieces({ bytes, cuts }: Case): string[] {
  const marks = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length];
  return marks
    .slice(1)
    .map((mark, index) => bytes.slice(marks[index], mark))
    .filter((piece) => piece !== "");
}

function readerFor({ method }: Case): ResponseReader {
  return new ResponseReader(method, { interim() {}, head() {}, content() {} });
}
