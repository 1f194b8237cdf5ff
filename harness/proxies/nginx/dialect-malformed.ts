import { lazyTimers, type Row } from "./dialect-row.ts";

const statusLine = "src/http/modules/ngx_http_proxy_module.c: ngx_http_proxy_process_status_line";

const interim: readonly Row[] = [
  {
    on: { id: "crash/only-interim" },
    answers: "hang",
    at: "never",
    reason:
      "A 1xx is taken for the final response: its head is relayed and the exchange deemed over, so that the client " +
      "waits for what never comes. nginx knows 103 since 1.29.0.",
    source: `${statusLine}; CHANGES 1.29.0`,
  },
  {
    on: { id: "control/interim" },
    answers: "closed",
    at: "idle",
    reason:
      "A 1xx is taken for the final response, what follows for its body: nothing of it is relayed, and the read timer " +
      "ends the wait. nginx knows 103 since 1.29.0.",
    source: `${statusLine}; CHANGES 1.29.0`,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: ["closed", "hang"],
    at: "never",
    reason:
      "A 1xx is taken for the final response, what follows for its body: nothing of it is relayed, and only a read " +
      "timer that was not begun anew in time ends the wait.",
    source: `${statusLine}; ${lazyTimers}`,
  },
  {
    on: { id: "malformed/endless-interim" },
    answers: "raw",
    reason: "A 1xx is taken for the final response, what follows for its body, which is relayed until the read timer.",
    source: statusLine,
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason: "A 101 is relayed like any response, though it becomes a tunnel only when the client has asked for one.",
    source: "src/http/modules/ngx_http_proxy_module.c: ngx_http_proxy_process_header, r->headers_in.upgrade",
  },
];

const statusLines: readonly Row[] = [
  {
    on: { glob: "malformed/{http09,not-http,redis-error,tls-on-plain-port}" },
    answers: "raw",
    reason: "Whatever does not begin with a status line is taken for HTTP/0.9, and its bytes are relayed as they are.",
    source: `${statusLine}, “upstream sent no valid HTTP/1.0 header”`,
  },
  {
    on: { glob: "{malformed/{http2-frames,smtp-greeting,ssh-banner},config/wrong-port}" },
    answers: ["raw", "closed"],
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9, and its bytes are relayed as they are. Where " +
      "the backend speaks first and its words come before the request has gone out, the request never goes out: both " +
      "wait for each other until the read timer.",
    source: `${statusLine}; src/http/ngx_http_upstream.c: ngx_http_upstream_send_request_handler`,
  },
  {
    on: {
      glob: "malformed/{blank-line-first,status-four-digits,status-missing,status-not-a-number,status-two-digits,version-lower-case}",
    },
    answers: "closed",
    at: "idle",
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9. The backend keeps the connection open, so that " +
      "the body seems to go on; the few bytes there are wait in a buffer that is thrown away when the read timer ends.",
    source: `${statusLine}; src/http/ngx_http_upstream.c: ngx_http_upstream_process_upstream`,
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "relayed(0)",
    reason: "Any three digits are a status code.",
    source: "src/http/ngx_http_parse.c: ngx_http_parse_status_line",
  },
  {
    on: { id: "malformed/version-unknown" },
    answers: "clean",
    reason: "Any digits are a version; the response is relayed as HTTP/1.1.",
    source: "src/http/ngx_http_parse.c: ngx_http_parse_status_line",
  },
];

const framing: readonly Row[] = [
  {
    on: { glob: "malformed/length-{negative,not-a-number,overflow,repeated}" },
    answers: "cut",
    at: "idle",
    reason:
      "A Content-Length that is no number counts for none: the body goes on until the backend closes, which it does " +
      "not, so that the read timer breaks the message off. Refused since 1.23.0.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_process_content_length",
  },
  {
    on: { id: "malformed/length-conflict" },
    answers: "clean",
    reason: "The last Content-Length counts, and alone is relayed. Refused since 1.23.0.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_process_content_length",
  },
  {
    on: { id: "malformed/coding-gzip-chunked" },
    admits: ["compressed octets whose coding nobody names any more"],
    reason:
      "A Transfer-Encoding in which the word chunked stands anywhere is chunked and nothing else; it is taken off, and " +
      "the gzip below it is relayed unnamed. Refused since 1.23.0.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_process_transfer_encoding",
  },
  {
    on: { id: "malformed/coding-unknown" },
    admits: ["a message that ends with the connection"],
    reason:
      "A Transfer-Encoding without the word chunked is passed over and taken off; the body, which ends with the " +
      "connection, is relayed in chunks. Refused since 1.23.0.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_process_transfer_encoding",
  },
  {
    on: { glob: "malformed/chunk-{size-not-hex,size-overflow,without-crlf}" },
    answers: "closed",
    reason:
      "A broken chunk that arrives together with the head ends the exchange before the head has gone out: the " +
      "connection is closed without a byte.",
    source:
      "src/http/ngx_http_upstream.c: ngx_http_upstream_process_upstream; finalizing with NGX_ERROR flushes nothing",
  },
  {
    on: { glob: "malformed/{chunk-extension-endless,trailer-endless}" },
    answers: "clean",
    reason: "Chunk extensions and trailers are read over and dropped, however long.",
    source: "src/http/ngx_http_parse.c: ngx_http_parse_chunked",
  },
];

/** What becomes of a response that breaks HTTP, or that is interim. */
export const malformed: readonly Row[] = [...interim, ...statusLines, ...framing];
