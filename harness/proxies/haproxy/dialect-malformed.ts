import type { Row } from "./dialect-row.ts";

const parser = "src/h1.c: h1_headers_to_hdr_list";

/** What becomes of a response that breaks HTTP and is not refused for it. */
export const malformed: readonly Row[] = [
  {
    on: { id: "malformed/nul-in-field" },
    admits: ["the NUL", "the value with a space for the NUL"],
    reason: "A field value is whatever stands before the next CR or LF; a NUL in it is relayed.",
    source: `${parser}, H1_MSG_HDR_VAL`,
  },
  {
    on: { id: "malformed/status-four-digits" },
    answers: "relayed(1000)",
    reason: "Any number of digits is a status code.",
    source: `${parser}, H1_MSG_RPCODE`,
  },
  {
    on: { glob: "malformed/status-{two-digits,zero}" },
    answers: "hang",
    at: "never",
    reason:
      "Any number of digits is a status code, and a response below 200 has no Content-Length: it is taken away, the body " +
      "relayed all the same, and the client waits for an end that nothing announces.",
    source: `${parser}, H1_MSG_RPCODE; src/mux_h1.c: h1_process_mux`,
  },
  {
    on: { id: "malformed/version-unknown" },
    answers: "clean",
    reason: "Any digits are a version; the response is relayed as HTTP/1.1.",
    source: `${parser}, H1_MSG_RPVER`,
  },
  {
    on: { id: "malformed/coding-in-http10" },
    admits: ["a transfer coding in HTTP/1.0"],
    reason: "The backend's version is relayed, the chunks too: a response of HTTP/1.0 in chunks stays one.",
    source: "src/mux_h1.c: h1_process_mux",
  },
];
