import type { Knowledge } from "../knowledge.ts";

const proxy = "lib/core/proxy.c";
const client = "lib/common/http1client.c";

/** Every failure is a 502 “Gateway Error” whose body, and `%{error}x` in the log, is the reason. */
export default {
  proxy: "h2o",
  title: "H2O",
  kind: "proxy",
  voice: /\[lib\/core\/proxy\.c\]|^h2o: /,
  entries: [
    {
      pattern: /(?:lib\/core\/proxy\.c\]? in request:\S*:|^"?)connection (?:failed|timeout)|: ?connection timeout/,
      words: "[lib/core/proxy.c] in request:/:connection failed",
      meaning: "The connection to the backend was refused, or not made in time (connection timeout).",
      causes: ["connection_refused", "connection_timeout"],
      scenarios: ["crash/refused", "slow/connect-black-hole", "crash/socket-missing"],
      setting: "proxy.timeout.connect, proxy.timeout.io (30 s)",
      source: `${proxy}: on_connect`,
    },
    {
      pattern: /in request:\S*:(?:I\/O timeout|first byte timeout)/,
      words: "[lib/core/proxy.c] in request:/:I/O timeout",
      meaning: "The backend was silent for too long, or took no more of the request. A 502, where others say 504.",
      causes: ["connection_read_timeout", "connection_timeout", "connection_write_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer", "slow/unread-upload"],
      setting: "proxy.timeout.io (30 s), proxy.timeout.first_byte",
      source: `${client}: on_head_timeout`,
    },
    {
      pattern: /in request:\S*:I\/O error/,
      words: "[lib/core/proxy.c] in request:/:I/O error",
      meaning: "The backend closed or reset the connection before its response head was whole.",
      causes: ["connection_terminated", "http_response_incomplete"],
      scenarios: ["crash/close-after-request", "crash/reset-after-request", "crash/close-mid-head"],
      setting: "proxy.timeout.keepalive (2 s) below the backend's",
      source: `${client}: on_head`,
    },
    {
      pattern: /failed to parse the response/,
      words: "[lib/core/proxy.c] in request:/:failed to parse the response",
      meaning: "The response head breaks HTTP, or has more than 100 fields.",
      causes: ["http_protocol_error", "http_response_header_section_size"],
      scenarios: ["malformed/not-http", "malformed/field-without-colon", "malformed/too-many-fields"],
      source: `${client}: on_head`,
    },
    {
      pattern: /in request:\S*:invalid content-length|line folding of header fields is not supported/,
      words: "[lib/core/proxy.c] in request:/:invalid content-length",
      meaning: "A field of the head is not taken: a Content-Length that is no number, a folded line.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/length-not-a-number", "malformed/folded-field"],
      source: `${client}: on_head`,
    },
    {
      pattern: /unexpected type of transfer-encoding/,
      words: "[lib/core/proxy.c] in request:/:unexpected type of transfer-encoding",
      meaning: "The transfer coding is neither chunked nor identity.",
      causes: ["http_response_transfer_coding"],
      scenarios: ["malformed/coding-unknown", "malformed/coding-gzip-chunked"],
      source: `${client}: on_head`,
    },
    {
      pattern: /h2o: \S*http1client\.c.*Assertion/,
      words: "h2o: ./lib/common/http1client.c:216: on_error_before_head: Assertion `!client->_can_keepalive' failed.",
      meaning: "H2O 2.2 dies of a response whose Content-Length is no number or whose coding it does not know.",
      causes: ["http_protocol_error", "http_response_transfer_coding"],
      scenarios: ["malformed/length-not-a-number", "malformed/coding-unknown"],
      source: `${client}: on_error_before_head`,
    },
  ],
} satisfies Knowledge;
