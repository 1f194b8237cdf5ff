import type { Row } from "./dialect-row.ts";

const statusLine =
  "modules/proxy/mod_proxy_http.c: ap_proxy_http_process_response, apr_date_checkmask(buffer, “HTTP/#.# ###*”)";

const statusLines: readonly Row[] = [
  {
    on: { glob: "malformed/{http09,redis-error,smtp-greeting,ssh-banner}" },
    answers: "own(200)",
    reason: "Whatever does not begin with a status line is taken for HTTP/0.9: the body of a 200 of Apache's own.",
    source: statusLine,
  },
  {
    on: {
      glob: "malformed/{status-four-digits,status-missing,status-not-a-number,status-two-digits,version-lower-case}",
    },
    answers: "cut",
    at: "idle",
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9: status line, fields and all are the body of a " +
      "200, and as the backend keeps the connection open, the timer breaks it off.",
    source: statusLine,
  },
  {
    on: { id: "malformed/not-http" },
    answers: ["own(200)", "own(502)"],
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9, unless the first line cannot be read as one: with " +
      "a NUL in it, it is refused (AH01102). It depends on the noise; of 24 seeds 12 gave the 502.",
    source: `${statusLine}; server/protocol.c: ap_fgetline_core`,
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "relayed(0)",
    reason: "Any three digits are a status code.",
    source: statusLine,
  },
];

const heads: readonly Row[] = [
  {
    on: {
      glob: "malformed/{bare-cr-in-field,field-control-character,field-name-empty,field-name-with-space,leading-blank-fields,space-before-colon}",
    },
    answers: "own(500)",
    reason:
      "A field that may not be in a response is found only when the response is written to the client, where it is " +
      "deemed Apache's own mistake: a 500 (AH02429, AH02430).",
    source: "modules/http/http_filters.c: check_headers, ap_http_header_filter",
  },
  {
    on: { id: "malformed/length-conflict" },
    answers: "clean",
    reason: "The first Content-Length counts, and alone is relayed.",
    source: "modules/proxy/mod_proxy_http.c: ap_proxy_http_process_response, apr_table_get",
  },
  {
    on: { id: "malformed/coding-gzip-chunked" },
    admits: ["compressed octets whose coding nobody names any more"],
    reason:
      "A Transfer-Encoding whose last word is chunked is chunked and nothing else; it is taken off, and the gzip below " +
      "it is relayed unnamed.",
    source: "modules/http/http_filters.c: ap_http_filter; mod_proxy_http.c: hop_by_hop_hdrs",
  },
  {
    on: { id: "malformed/coding-unknown" },
    admits: ["a message that ends with the connection"],
    reason:
      "A Transfer-Encoding whose last word is not chunked leaves a body that ends with the connection; its name is " +
      "taken off, and the body relayed in chunks.",
    source: "modules/http/http_filters.c: ap_http_filter; mod_proxy_http.c: hop_by_hop_hdrs",
  },
  {
    on: { id: "config/head-limit-too-small" },
    answers: "clean",
    reason: "Each line of a head is bounded (responsefieldsize), the head as a whole is not.",
    source: "modules/proxy/mod_proxy_http.c: ap_proxy_read_headers",
  },
];

/** What becomes of a response that breaks HTTP. */
export const malformed: readonly Row[] = [...statusLines, ...heads];
