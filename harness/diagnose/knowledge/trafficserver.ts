import type { Knowledge } from "../knowledge.ts";

const transact = "proxy/http/HttpTransact.cc";

/** A reason phrase, with the result code and status that a log has in front of it, if they are there. */
function phrase(code: string, words: string): RegExp {
  return new RegExp(String.raw`(?:${code}/\d+ ")?(?:${words})`);
}

/** Reason phrases of Traffic Server's own answers, and the result codes of its logs. */
export default {
  proxy: "trafficserver",
  title: "Apache Traffic Server",
  kind: "proxy",
  entries: [
    {
      pattern: /ERR_CONNECT_FAIL\/\d+ "Connection refused"/,
      words: 'GET ERR_CONNECT_FAIL/502 "Connection refused" origin=000',
      meaning: "Nobody listens at the origin's address.",
      causes: ["connection_refused"],
      scenarios: ["crash/refused", "crash/dead-from-the-start"],
      setting: "proxy.config.http.connect_attempts_max_retries (3), down_server.cache_time (60 s)",
      source: `${transact}: handle_server_died; measured`,
    },
    {
      pattern: /ERR_CONNECT_FAIL\/\d+ "-"/,
      words: 'GET ERR_CONNECT_FAIL/502 "-" origin=000',
      meaning:
        "The TLS handshake with the origin failed, its certificate included. No reason phrase says why; diags.log does of a certificate (“Core server certificate verification failed”).",
      causes: ["tls_certificate_error", "tls_alert_received", "tls_protocol_error"],
      scenarios: ["tls/unknown-authority", "tls/handshake-alert", "config/tls-to-plain-port"],
      setting: "proxy.config.ssl.client.verify.server.policy, proxy.config.ssl.client.CA.cert.filename",
      source: "iocore/net/SSLClientUtils.cc: verify_callback; measured",
    },
    {
      pattern: /ERR_CONNECT_FAIL\/\d+ "(?!-")/,
      words: 'GET ERR_CONNECT_FAIL/502 "connect failed" origin=000',
      meaning:
        "The connection was not made in time, or it ended in the TLS handshake; another quoted reason is the system's word for why it failed.",
      causes: ["connection_timeout", "connection_terminated", "tls_protocol_error", "connection_refused"],
      scenarios: ["slow/connect-black-hole", "tls/stalled-handshake", "tls/close-in-handshake", "crash/refused"],
      setting: "proxy.config.http.connect_attempts_timeout (30 s)",
      source: `${transact}: handle_server_died, CONNECTION_ERROR; measured`,
    },
    {
      pattern: phrase("ERR_CONNECT_FAIL", "Server Hangup"),
      words: "502 Server Hangup",
      meaning: "The origin closed or reset in the middle of its response head.",
      causes: ["connection_terminated", "http_response_incomplete"],
      scenarios: ["crash/close-mid-head", "crash/close-mid-status-line", "crash/reset-mid-head"],
      source: `${transact}: handle_server_died; measured`,
    },
    {
      pattern: phrase("ERR_CONNECT_FAIL", "Malformed Server Response(?: Status)?|No Response Header From Server"),
      words: "502 Malformed Server Response Status",
      meaning:
        "The connection ended without a final response, or its status is no number: Traffic Server has no status either way.",
      causes: ["connection_terminated", "http_response_incomplete", "http_protocol_error"],
      scenarios: [
        "crash/close-after-request",
        "crash/stale-keep-alive-fin",
        "crash/only-interim",
        "malformed/status-not-a-number",
      ],
      setting: "proxy.config.http.keep_alive_no_activity_timeout_out (120 s) below the origin's",
      source: `${transact}: is_response_valid; measured`,
    },
    {
      pattern: phrase("ERR_CONNECT_FAIL", "Invalid HTTP Response"),
      words: "502 Invalid HTTP Response",
      meaning:
        "The response breaks HTTP, or its head is larger than is taken. With the origin's status beside it (origin=200) the fault is in the fields, without one (000) in the status line.",
      causes: ["http_protocol_error", "http_response_header_section_size", "http_response_header_size"],
      scenarios: ["malformed/not-http", "config/wrong-port", "malformed/length-conflict", "malformed/head-too-large"],
      setting: "proxy.config.http.response_header_max_size (32768)",
      source: `${transact}; measured`,
    },
    {
      pattern: /ERR_INVALID_REQ\/400 "Invalid HTTP Request"/,
      words: 'GET ERR_INVALID_REQ/400 "Invalid HTTP Request" origin=200',
      meaning:
        "With the origin's status beside it (origin=200) the response has a transfer coding other than chunked, and a 400 comes of it; without one the client's request is wrong.",
      causes: ["http_response_transfer_coding", "http_request_error"],
      scenarios: ["malformed/coding-unknown", "malformed/coding-gzip-chunked"],
      source: "proxy/http/HttpSM.cc: state_read_server_response_header, check_hdr_implements; measured",
    },
    {
      pattern: /ERR_READ_ERROR\/[2-5]\d\d(?: "|\b)/,
      words: 'GET ERR_READ_ERROR/200 "OK" origin=200 client=FIN server=INTR',
      meaning:
        "The body broke off after the head had come, by a close, a reset or a chunk that is none: Traffic Server says the same of all.",
      causes: ["http_response_incomplete", "connection_terminated", "http_response_transfer_coding"],
      scenarios: ["crash/close-mid-body", "crash/reset-mid-body", "malformed/late-bad-chunk"],
      source: "proxy/http/HttpSM.cc: tunnel_handler_server; HttpTunnel.cc: producer_handler_chunked; measured",
    },
    {
      pattern: /ERR_CLIENT_(?:ABORT|READ_ERROR)\/\d+/,
      words: 'GET ERR_CLIENT_ABORT/000 "-" origin=000 client=INTR',
      meaning:
        "The client left, before the answer (ABORT) or in its body (READ_ERROR). Nobody upstream is at fault, unless for being slow.",
      causes: [],
      scenarios: ["slow/interim-forever", "slow/endless-body", "slow/late-answer"],
      setting: "proxy.config.http.transaction_active_timeout_out (0), which a body that keeps coming outlives",
      source: "proxy.process.http.000_responses in the documentation; measured",
    },
    {
      pattern: /Cannot find server\.|ERR_DNS_FAIL\/500/,
      words: "500 Cannot find server.",
      meaning: "The origin's name does not resolve, whatever the reason. An internal error here.",
      causes: ["dns_error", "dns_timeout"],
      scenarios: ["dns/nxdomain", "dns/servfail", "dns/no-answer"],
      setting: "proxy.config.dns.nameservers, proxy.config.hostdb.lookup_timeout",
      source: `${transact}: OSDNSLookup; measured`,
    },
    {
      pattern: /Connection Timed Out|ERR_READ_TIMEOUT\/[2-5]\d\d(?: "|\b)/,
      words: "504 Connection Timed Out",
      meaning:
        "The origin was silent for too long, before its head, behind interim responses or in its body (ERR_READ_TIMEOUT/200); or it took no more of the request.",
      causes: ["connection_read_timeout", "connection_timeout", "connection_write_timeout", "http_response_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer", "slow/stalled-head", "slow/unread-upload"],
      setting: "proxy.config.http.transaction_no_activity_timeout_out (30 s)",
      source: `${transact}; measured`,
    },
    {
      pattern: /Maximum Transaction Time Exceeded/,
      words: "504 Maximum Transaction Time Exceeded",
      meaning: "The whole exchange took too long.",
      causes: ["http_response_timeout"],
      scenarios: ["slow/endless-body", "slow/dripping-head"],
      setting: "proxy.config.http.transaction_active_timeout_out (0)",
      source: transact,
    },
    {
      pattern: /Origin server congested/,
      words: "503 Origin server congested",
      meaning: "As many connections to the origin are in use as may be.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/proxy-pool"],
      setting: "proxy.config.http.per_server.connection.max (0, none)",
      source: `${transact}; measured`,
    },
    {
      pattern: /No valid server\./,
      words: "500 No valid server.",
      meaning: "Every address of the origin is marked as down.",
      causes: ["destination_unavailable", "connection_refused"],
      scenarios: ["pool/all-dead", "crash/refused"],
      setting: "proxy.config.http.down_server.cache_time (60 s)",
      source: transact,
    },
    {
      pattern: phrase(String.raw`ERR_\w+`, "Next Hop (?:Connection Failed|Timeout)"),
      words: "502 Next Hop Connection Failed",
      meaning:
        "No parent could be reached, the last one closed without an answer, or none answered in time (504 Next Hop Timeout).",
      causes: ["connection_refused", "connection_terminated", "connection_timeout", "connection_read_timeout"],
      scenarios: ["pool/all-dead", "pool/one-of-two-dead", "pool/post-not-repeated"],
      setting: "parent.config, proxy.config.http.parent_proxy.total_connect_attempts",
      source: `${transact}: handle_parent_down; measured`,
    },
    {
      pattern: /Not Found on Accelerator/,
      words: 'ERR_INVALID_URL/404 "Not Found on Accelerator"',
      meaning: "No rule of remap.config maps the request to an origin.",
      causes: ["destination_not_found"],
      scenarios: ["config/no-upstream"],
      setting: "remap.config, proxy.config.url_remap.remap_required",
      source: `${transact}: EndRemapRequest; measured`,
    },
    {
      pattern: /self loop detected/i,
      words: "Direct self loop detected",
      meaning: "The request's Via names this very process: the origin leads back to it. A 400 here.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
      source: `${transact}: SelfLoop; measured`,
    },
  ],
} satisfies Knowledge;
