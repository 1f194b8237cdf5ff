import type { Knowledge } from "../knowledge.ts";

const proxy = "lib/core/proxy.c";
const client = "lib/common/http1client.c";

/**
 * What is known by a reason: behind the path in the error log, with nothing between in `%{error}x` of an access log, and
 * alone in the body of the 502.
 */
function reason(words: string): RegExp {
  return new RegExp(String.raw`(?:\[lib/core/proxy\.c\] (?:in request:\S*:)?|in request:\S*:|^"?)(?:${words})`);
}

/** Every failure is a 502 “Gateway Error” whose body, and `%{error}x` in the log, is the reason. */
export default {
  proxy: "h2o",
  title: "H2O",
  kind: "proxy",
  voice: /\[lib\/core\/proxy\.c\]|^h2o: /,
  entries: [
    {
      pattern: reason("connection failed|failed to connect to host"),
      words: "[lib/core/proxy.c] in request:/:connection failed",
      meaning:
        "Nobody listens at the backend's address, or on its socket file (“failed to connect to host”: the connect failed at once).",
      causes: ["connection_refused"],
      scenarios: ["crash/refused", "crash/dead-from-the-start", "crash/socket-missing", "crash/socket-stale"],
      source: `${client}: on_connect, start_connect; measured`,
    },
    {
      pattern: reason("connection timeout"),
      words: "[lib/core/proxy.c] in request:/:connection timeout",
      meaning: "The connection to the backend was not made in time. A 502, where others say 504.",
      causes: ["connection_timeout"],
      scenarios: ["slow/connect-black-hole", "exhaustion/accept-queue", "container/restarted"],
      setting: "proxy.timeout.io (30 s), proxy.timeout.connect in later versions",
      source: `${client}: on_connect_timeout; measured`,
    },
    {
      pattern: reason("I/O timeout|first byte timeout"),
      words: "[lib/core/proxy.c] in request:/:I/O timeout",
      meaning:
        "The backend was silent for too long, before its head, behind interim responses or in its body; or it took no more of the request. H2O says the same of them all. A 502, where others say 504.",
      causes: ["connection_read_timeout", "connection_write_timeout", "http_response_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer", "slow/stalled-body", "slow/unread-upload"],
      setting: "proxy.timeout.io (30 s), proxy.timeout.first_byte in later versions",
      source: `${client}: on_head_timeout, on_body_timeout, on_send_timeout; measured`,
    },
    {
      pattern: reason(String.raw`I/O error \(body; [\w-]+\)`),
      words: "[lib/core/proxy.c] in request:/:I/O error (body; content-length)",
      meaning:
        "The body broke off after the head had been relayed, by a close or a reset: the client has a 200 and half a page.",
      causes: ["http_response_incomplete", "connection_terminated"],
      scenarios: [
        "crash/close-mid-body",
        "crash/close-mid-chunk",
        "crash/reset-mid-body",
        "crash/process-dies-mid-body",
      ],
      source: `${client}: on_body_content_length, on_body_chunked; measured`,
    },
    {
      pattern: reason(String.raw`I/O error(?! \(body)(?: \((?:head|send request)\))?`),
      words: "[lib/core/proxy.c] in request:/:I/O error (head)",
      meaning:
        "The backend closed or reset the connection before its response head was whole, or while it took the request (“send request”).",
      causes: ["connection_terminated", "http_response_incomplete"],
      scenarios: ["crash/close-after-request", "crash/reset-after-request", "crash/close-mid-head"],
      setting: "proxy.timeout.keepalive (2 s) below the backend's",
      source: `${client}: on_head, on_send_request; measured`,
    },
    {
      pattern: /failed to parse the response \(chunked\)/,
      words: "[lib/core/proxy.c] in request:/:failed to parse the response (chunked)",
      meaning: "The chunked coding of the body is broken; what came of it has been relayed.",
      causes: ["http_response_transfer_coding"],
      scenarios: ["malformed/chunk-size-not-hex", "malformed/chunk-without-crlf", "malformed/late-bad-chunk"],
      source: `${client}: on_body_chunked; measured`,
    },
    {
      pattern: /failed to parse the response(?! \(chunked)/,
      words: "[lib/core/proxy.c] in request:/:failed to parse the response",
      meaning: "The response head breaks HTTP, or has more than 100 fields.",
      causes: ["http_protocol_error", "http_response_header_section_size"],
      scenarios: ["malformed/not-http", "malformed/field-without-colon", "malformed/too-many-fields"],
      source: `${client}: on_head; measured`,
    },
    {
      pattern: reason(
        String.raw`invalid (?:content-length|response from upstream \(malformed content-length\))|line folding of header fields is not supported`,
      ),
      words: "[lib/core/proxy.c] in request:/:invalid response from upstream (malformed content-length)",
      meaning: "A field of the head is not taken: a Content-Length that is no number or one of two, a folded line.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/length-conflict", "malformed/length-not-a-number", "malformed/folded-field"],
      source: `${proxy}: on_head; ${client}: on_head; measured`,
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
      source: `${client}: on_error_before_head; measured`,
    },
  ],
} satisfies Knowledge;
