import type { Row } from "./dialect-row.ts";

const fields = "src/http-header-glue.c: http_response_process_headers";

/** What becomes of a head that breaks HTTP and is not refused for it. */
export const malformed: readonly Row[] = [
  {
    on: { id: "malformed/bare-cr-in-field" },
    admits: ["a bare CR", "one value with a space for the CR"],
    reason: "A field value is whatever stands before the next LF; a CR in it is relayed.",
    source: fields,
  },
  {
    on: { id: "malformed/nul-in-field" },
    admits: ["the NUL", "the value with a space for the NUL"],
    reason: "A field value is whatever stands before the next LF; a NUL in it is relayed.",
    source: fields,
  },
  {
    on: { glob: "malformed/{field-name-empty,field-without-colon}" },
    answers: "clean",
    reason: "A line without a name, or without a colon, is passed over.",
    source: fields,
  },
  {
    on: { id: "malformed/field-name-with-space" },
    answers: "clean",
    reason: "A name is whatever stands before the colon, and is relayed, a space and all.",
    source: fields,
  },
  {
    on: { id: "malformed/folded-field" },
    admits: ["the value in one line"],
    reason: "A folded line is a line without a colon: it is passed over, and the value ends with the first line.",
    source: fields,
  },
  {
    on: { id: "malformed/leading-blank-fields" },
    admits: ["the line that begins with white space"],
    reason: "A name is whatever stands before the colon, and is relayed, the space before it too.",
    source: fields,
  },
  {
    on: { id: "malformed/space-before-colon" },
    admits: ["the field, with the space taken away"],
    reason: "A field with a space before its colon is left out.",
    source: fields,
  },
  {
    on: { id: "malformed/length-conflict" },
    answers: "clean",
    reason: "The first Content-Length counts, and alone is relayed.",
    source: fields,
  },
  {
    on: { id: "malformed/coding-gzip-chunked" },
    admits: ["compressed octets whose coding nobody names any more"],
    reason:
      "Any Transfer-Encoding is chunked and nothing else; it is taken off, and the gzip below it relayed unnamed.",
    source: `${fields}, “assumes chunked; does not verify”`,
  },
  {
    on: { id: "malformed/coding-unknown" },
    admits: ["a message that ends with the connection"],
    reason:
      "Any Transfer-Encoding is chunked and nothing else; what comes is no chunk, and the message is relayed as an empty " +
      "one, with Content-Length 0.",
    source: `${fields}, “assumes chunked; does not verify”`,
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: "clean",
    reason: "Trailers that are too long are cut off, and the exchange is deemed complete.",
    source: "src/http_chunk.c: http_chunk_decode_append_data",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason: "A 101 is relayed like any response, asked for or not.",
    source: "src/http-header-glue.c: http_response_check_1xx",
  },
  {
    on: { id: "config/head-limit-too-small" },
    answers: "clean",
    reason: "The size of a response head is bounded by a constant, 64 KiB, and by no setting.",
    source: "src/http-header-glue.c: MAX_HTTP_RESPONSE_FIELD_SIZE",
  },
];
