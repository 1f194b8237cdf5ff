import type { Knowledge } from "../knowledge.ts";

const gateway = "src/gw_backend.c";
const glue = "src/http-header-glue.c";

/** The error log of lighttpd's mod_proxy. */
export default {
  proxy: "lighttpd",
  title: "lighttpd",
  kind: "proxy",
  voice: /^(?:\(\w+\.)?(?:gw_backend|http-header-glue|http_chunk|mod_proxy)\.c/,
  entries: [
    {
      pattern: /establishing connection failed: socket: .*Connection refused/,
      words: "establishing connection failed: socket: tcp:127.0.0.1:9000: Connection refused",
      meaning: "Nobody listens at the backend's address.",
      causes: ["connection_refused"],
      scenarios: ["crash/refused", "crash/dead-from-the-start", "crash/socket-stale"],
      source: `${gateway}; measured`,
    },
    {
      pattern: /establishing connection failed: socket: .*No such file or directory/,
      words: "establishing connection failed: socket: unix:/run/app.sock: No such file or directory",
      meaning: "The backend's socket file does not exist.",
      causes: ["connection_refused"],
      scenarios: ["crash/socket-missing"],
      source: `${gateway}; measured`,
    },
    {
      pattern: /establishing connection failed: socket: .*Connection timed out/,
      words: "establishing connection failed: socket: tcp:127.0.0.1:9000: Connection timed out",
      meaning: "No answer to the SYN in time. A 503.",
      causes: ["connection_timeout"],
      scenarios: ["slow/connect-black-hole", "exhaustion/accept-queue", "container/restarted"],
      setting: "proxy.server connect-timeout (8 s)",
      source: `${gateway}; measured`,
    },
    {
      pattern: /all handlers for .* are down/,
      words: "all handlers for /? on .php are down.",
      meaning: "No backend is left to try; the line before says how the last one failed.",
      causes: ["connection_refused", "connection_timeout", "destination_unavailable"],
      scenarios: ["crash/refused", "pool/all-dead", "slow/connect-black-hole"],
      setting: "proxy.server disable-time (1 s)",
      source: `${gateway}; measured`,
    },
    {
      pattern: /response not received, request sent: \d+/,
      words: "response not received, request sent: 188 on socket: tcp:127.0.0.1:9000 for /?, closing connection",
      meaning: "The backend closed or reset before a whole head. A 500, where others say 502.",
      causes: ["connection_terminated", "http_response_incomplete"],
      scenarios: ["crash/reset-after-request", "crash/close-after-request", "crash/close-mid-head"],
      source: `${gateway}; measured`,
    },
    {
      pattern: /response already sent out, but backend returned error/,
      words:
        "response already sent out, but backend returned error on socket: tcp:127.0.0.1:9000 for /?, terminating connection",
      meaning: "The body broke off, or its coding broke, after the head had been relayed.",
      causes: ["connection_terminated", "http_response_transfer_coding", "http_response_incomplete"],
      scenarios: ["crash/reset-mid-body", "malformed/late-bad-chunk", "malformed/chunk-size-not-hex"],
      source: `${gateway}; measured`,
    },
    {
      pattern: /connection was dropped after accept\(\)/,
      words:
        "connection was dropped after accept() (perhaps the gw process died), write-offset: 114908 socket: tcp:127.0.0.1:9000",
      meaning: "The backend closed or reset while the request was being written.",
      causes: ["connection_terminated"],
      scenarios: ["crash/reset-during-upload", "crash/early-refusal-reset"],
      source: `${gateway}; measured`,
    },
    {
      pattern: /read\(\): Connection reset by peer/,
      words: "http-header-glue.c: read(): Connection reset by peer",
      meaning: "The backend reset the connection while it was being read.",
      causes: ["connection_terminated"],
      scenarios: ["crash/reset-after-request", "crash/reset-mid-body", "crash/reset-on-accept"],
      source: `${glue}; measured`,
    },
    {
      pattern: /read timeout on socket/,
      words: "read timeout on socket: tcp:127.0.0.1:9000",
      meaning:
        "The backend was silent for too long: no answer, or a body that stalled, or one whose end lighttpd cannot see.",
      causes: ["connection_read_timeout", "http_response_timeout", "connection_write_timeout", "http_protocol_error"],
      scenarios: ["slow/never-answers", "slow/late-answer", "slow/stalled-body", "slow/unread-upload"],
      setting: "proxy.server read-timeout (none)",
      source: `${gateway}; measured`,
    },
    {
      pattern: /write timeout on socket/,
      words: "write timeout on socket: tcp:127.0.0.1:9000",
      meaning: "The backend took no more of the request.",
      causes: ["connection_write_timeout"],
      scenarios: ["slow/unread-upload"],
      setting: "proxy.server write-timeout (none)",
      source: gateway,
    },
    {
      pattern: /chunked (?:header|data)/,
      words: "http_chunk.c: chunked header invalid chars",
      meaning: "The chunked coding of the body is broken, or the transfer coding is not chunked.",
      causes: ["http_response_transfer_coding"],
      scenarios: ["malformed/chunk-size-overflow", "malformed/chunk-extension-endless", "malformed/coding-unknown"],
      source: "src/http_chunk.c; measured",
    },
    {
      pattern: /response headers too large for/,
      words: "response headers too large for /",
      meaning: "The response head is larger than 64 KiB.",
      causes: ["http_response_header_section_size", "http_response_header_size"],
      scenarios: ["malformed/head-too-large", "malformed/field-too-large", "malformed/endless-head"],
      source: `${glue}; measured`,
    },
    {
      pattern: /invalid HTTP status line/,
      words: "invalid HTTP status line: HTTP/1.1 abc Oops",
      meaning: "The status line has no three digits from 100 up, or a version that is unknown.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/status-not-a-number", "malformed/status-zero", "malformed/version-unknown"],
      source: `${glue}; measured`,
    },
    {
      pattern: /HTTP backend response missing CR before LF/,
      words: "HTTP backend response missing CR before LF",
      meaning: "A line of the head ends with LF alone.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/bare-lf-lines"],
      setting: "server.http-parseopts",
      source: glue,
    },
  ],
} satisfies Knowledge;
