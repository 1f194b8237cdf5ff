import type { Course, CourseEnd } from "./course.ts";
import type { Finding } from "./layer.ts";
import type { Sign } from "./signs.ts";
import { strangerIn } from "./strangers.ts";

/** What is wrong with bytes that can be no response, and what it looks like. */
export function ofBroken(course: Course, { failure }: Extract<CourseEnd, { by: "broken" }>): Omit<Finding, "layer"> {
  const { cause, details = cause } = failure;
  const rule = details.replace(/ \(RFC .*/, "");
  const stranger = cause === "http_protocol_error" ? strangerIn(course.beginning) : undefined;
  const sign = stranger?.sign ?? ruleSigns[rule] ?? byCause(course, cause, details);
  return { sign, cause, says: stranger ? `${stranger.says} (${rule})` : details };
}

/** The rules of a response head, in the words in which their breach is told. */
const ruleSigns: Readonly<Record<string, Sign>> = {
  "the response begins with an empty line": "blank-line-first",
  "the response is not HTTP": "not-http",
  "the response is of an unknown HTTP version": "version-unknown",
  "the status line has no three-digit status code": "no-status-code",
  "the status code is outside 100 to 599": "status-out-of-range",
  "the reason phrase holds a control character": "control-character",
  "a line ends with LF alone": "bare-line-feed",
  "a field line begins with white space": "folded-field",
  "a field line has no colon": "field-without-colon",
  "white space stands before the colon of a field line": "space-before-colon",
  "a field name is not a token": "field-name-broken",
  "a field value holds a control character": "control-character",
  "the Content-Length fields differ": "length-broken",
  "Content-Length is no single decimal number": "length-broken",
  "Content-Length is too large a number": "length-overflow",
  "both Content-Length and Transfer-Encoding are given": "length-and-coding",
  "an HTTP/1.0 response has a transfer coding": "coding-in-http10",
  "the transfer coding is not chunked alone": "coding-unknown",
  "the upstream switched protocols though nobody asked for it": "switched-unasked",
};

function byCause({ framing }: Course, cause: string, details: string): Sign {
  if (cause === "http_response_header_section_size") return "head-too-large";
  if (cause === "http_response_header_size") return "field-too-large";
  if (cause === "http_response_trailer_section_size") return "endless-trailer";
  if (cause === "http_response_transfer_coding")
    return details.startsWith("a trailer") ? "broken-trailer" : "broken-chunk";
  if (framing?.by === "frames") return "broken-frame";
  return details.includes("interim") ? "interim-flood" : "not-http";
}
