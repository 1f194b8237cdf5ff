import { Mishap } from "../mishap.ts";
import { messageOf } from "../net/message-of.ts";
import { readFieldLine } from "../response/head-rules.ts";
import type { ResponseReader } from "../response-reader.ts";

/**
 * Judges the content as far as it has come: its trailers, and whether its framing holds.
 * @param limit of the trailer section, in octets
 * @throws Mishap
 */
export function checkContent(
  { malformed, trailers, framing }: Pick<ResponseReader, "malformed" | "trailers" | "framing">,
  limit: number,
): void {
  const size = trailers.reduce((sum, line) => sum + line.length + 2, 0);
  if (size > limit) {
    const details = `the trailers of the response exceed the limit of ${limit} octets`;
    throw new Mishap({ cause: "http_response_trailer_section_size", details });
  }
  for (const line of trailers) checkTrailer(line);
  if (malformed === undefined) return;
  if (framing?.by !== "chunks") throw new Mishap({ cause: "http_protocol_error", details: malformed });
  throw new Mishap({ cause: "http_response_transfer_coding", details: `the chunked coding is broken: ${malformed}` });
}

/** @throws Mishap */
function checkTrailer(line: string): void {
  try {
    readFieldLine(line);
  } catch (error) {
    const why = messageOf(error);
    throw new Mishap({ cause: "http_response_transfer_coding", details: `a trailer is no field line: ${why}` });
  }
}
