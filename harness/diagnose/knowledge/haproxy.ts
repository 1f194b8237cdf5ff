import type { Knowledge } from "../knowledge.ts";

const states = "doc/configuration.txt §8.5";
/**
 * The state stands behind the status and octets in the log (`… 503 217 - - SC-- 1/1/0/0/3`), its two letters alone behind
 * a number in logs of one's own, or is given alone. Behind it, two letters tell of the cookie.
 */
function state(letters: string): RegExp {
  return new RegExp(`(?:^|[\\s"])${letters}[-NIDVEOU][-NIUPRD](?=[\\s"]|$)|(?:^|\\d |")${letters}(?=[\\s"]|$)`);
}

/** Termination states: who or what ended the session, then the phase. */
export default {
  proxy: "haproxy",
  title: "HAProxy",
  kind: "proxy",
  voice: /\bconnection=\[|(?:^|\s)(?:[A-Z]{2}|[cs][A-Z])(?:--|[A-Z-]{2})\s+\d+\/\d+\/|^show errors/,
  entries: [
    {
      pattern: /\bSC(?:--)?\b(?=.*(?:handshake|SSL|certificate))|SSL handshake failure|SSL fatal error/,
      words: "503 SC-- SSL handshake failure",
      meaning:
        "The TLS handshake with the server failed: the OpenSSL words behind it say whether it was the certificate (verify failed), an alert of the server, or no TLS at all (wrong version number).",
      causes: ["tls_certificate_error", "tls_alert_received", "tls_protocol_error", "connection_terminated"],
      scenarios: ["tls/unknown-authority", "tls/handshake-alert", "config/tls-to-plain-port", "tls/close-in-handshake"],
      setting: "ssl verify required, ca-file, sni, verifyhost; ssl_bc_err and bc_err_str in the log format",
      source: `src/ssl_sock.c; ${states}; measured`,
    },
    {
      pattern: /Server presented an SSL certificate different from the expected one/,
      words: "503 SC app/one connection=[Server presented an SSL certificate different from the expected one]",
      meaning: "The server's certificate is for another name.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/wrong-host"],
      setting: "verifyhost, sni",
      source: "src/connection.c: conn_err_code_str; measured",
    },
    {
      pattern: /certificate verify failed/,
      words:
        "503 SC app/one connection=[SSL handshake failure] tls=[error:0A000086:SSL routines::certificate verify failed]",
      meaning:
        "The server's certificate was not believed: expired, of an unknown authority, self-signed, or with a gap in its chain.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/unknown-authority", "tls/expired", "tls/self-signed", "tls/incomplete-chain"],
      setting: "ca-file, verify required",
      source: "OpenSSL; measured",
    },
    {
      pattern: /SSL routines::(?:sslv3|tlsv1|tlsv13) (?:alert|unrecognized)/,
      words:
        "503 SC app/one connection=[SSL handshake failure] tls=[error:0A000086:SSL routines::sslv3 alert handshake failure]",
      meaning: "The server refused the session with a TLS alert.",
      causes: ["tls_alert_received", "tls_protocol_error", "connection_terminated"],
      scenarios: ["tls/handshake-alert", "tls/client-certificate-required", "tls/no-common-cipher", "tls/unknown-name"],
      setting: "crt (client certificate), sni, ssl-min-ver, ciphers",
      source: "OpenSSL; measured",
    },
    {
      pattern: /SSL routines::wrong version number/,
      words:
        "503 SC app/one connection=[SSL handshake failure] tls=[error:0A000086:SSL routines::wrong version number]",
      meaning: "What answered the ClientHello is not TLS: the port speaks plain HTTP, as a rule.",
      causes: ["tls_protocol_error"],
      scenarios: ["config/tls-to-plain-port", "tls/plain-http"],
      setting: "ssl on the server line",
      source: "OpenSSL; measured",
    },
    {
      pattern: /\bSC(?:--)?\s+<NOSRV>|<NOSRV>.*\sSC/,
      words: "503 SC-- <NOSRV>",
      meaning:
        "No server could be used: all are down by their checks, their names have no address, or the backend has none.",
      causes: ["destination_unavailable", "dns_error", "dns_timeout", "destination_not_found"],
      scenarios: ["pool/all-unhealthy", "dns/nxdomain", "dns/no-answer", "config/no-upstream"],
      setting: "check, rise 2 fall 3; resolvers, hold; nbsrv",
      source: `${states}; measured`,
    },
    {
      pattern: state("SC"),
      words: "SC--",
      meaning:
        "The server refused the connection, or reset it while it was being made. With ssl: the handshake failed.",
      causes: ["connection_refused", "connection_terminated", "tls_certificate_error", "tls_alert_received"],
      scenarios: ["crash/refused", "crash/dead-from-the-start", "crash/reset-on-accept", "tls/unknown-authority"],
      setting: "retries (3), option redispatch, retry-on conn-failure",
      source: `${states}; measured`,
    },
    {
      pattern: state("sC"),
      words: "sC--",
      meaning: "The connection, or the TLS handshake on it, was not made in time. A 503, where others say 504.",
      causes: ["connection_timeout"],
      scenarios: ["slow/connect-black-hole", "exhaustion/accept-queue", "tls/stalled-handshake"],
      setting: "timeout connect (none unless set)",
      source: `${states}; measured`,
    },
    {
      pattern: state("SH"),
      words: "SH--",
      meaning: "The server closed or reset the connection before its response head was whole.",
      causes: ["connection_terminated", "http_response_incomplete", "tls_alert_received"],
      scenarios: [
        "crash/close-after-request",
        "crash/reset-after-request",
        "crash/close-mid-head",
        "config/plain-to-tls-port",
      ],
      setting: "retry-on empty-response, option http-server-close, pool-purge-delay",
      source: `${states}; measured`,
    },
    {
      pattern: state("PH"),
      words: "PH--",
      meaning:
        "The response was refused by HAProxy: it breaks HTTP, is larger than the buffer, or a rule denied it. `show errors` on the admin socket has the bytes.",
      causes: [
        "http_protocol_error",
        "http_response_header_section_size",
        "http_response_transfer_coding",
        "http_response_header_size",
      ],
      scenarios: [
        "malformed/not-http",
        "malformed/head-too-large",
        "malformed/coding-unknown",
        "malformed/length-conflict",
      ],
      setting:
        "tune.bufsize (16384) - tune.maxrewrite (1024), tune.http.maxhdr (101), option accept-unsafe-violations-in-http-response",
      source: `${states}; measured`,
    },
    {
      pattern: /invalid response, MSG_(?:CHUNK_SIZE|CHUNK_CRLF|TRAILERS)/,
      words: "show errors: invalid response, MSG_CHUNK_SIZE, error at position 67",
      meaning: "The chunked coding of the body, or its trailers, are broken at the position named.",
      causes: ["http_response_transfer_coding", "http_response_trailer_section_size"],
      scenarios: [
        "malformed/chunk-size-not-hex",
        "malformed/late-bad-chunk",
        "malformed/trailer-broken",
        "malformed/trailer-endless",
      ],
      source: "management.txt: show errors; src/h1.c; measured",
    },
    {
      pattern: /invalid response, MSG_(?:RP\w+|HDR_\w+|DATA|DONE)/,
      words: "show errors: invalid response, MSG_HDR_NAME, error at position 40",
      meaning:
        "The response head is wrong at the position named: MSG_RP… in the status line, MSG_HDR_NAME in a field's name, MSG_HDR_L2_LWS in a field that frames the message, MSG_DATA or a far position where it is too large.",
      causes: [
        "http_protocol_error",
        "http_response_transfer_coding",
        "http_response_header_section_size",
        "http_response_header_size",
      ],
      scenarios: [
        "malformed/not-http",
        "malformed/field-without-colon",
        "malformed/length-conflict",
        "malformed/head-too-large",
      ],
      source: "management.txt: show errors; src/h1.c; measured",
    },
    {
      pattern: state("sH"),
      words: "sH--",
      meaning: "The server took the request and its response head did not come in time.",
      causes: ["connection_read_timeout", "http_response_timeout", "connection_write_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer", "exhaustion/workers", "slow/dripping-head"],
      setting: "timeout server (none unless set)",
      source: `${states}; measured`,
    },
    {
      pattern: state("SD"),
      words: "SD--",
      meaning:
        "The server closed or reset in the middle of the body, or its coding broke there: the client has the head and half a page.",
      causes: [
        "http_response_incomplete",
        "connection_terminated",
        "http_response_transfer_coding",
        "http_response_trailer_section_size",
      ],
      scenarios: ["crash/close-mid-body", "crash/reset-mid-body", "malformed/late-bad-chunk"],
      source: `${states}; measured`,
    },
    {
      pattern: state("sD"),
      words: "sD--",
      meaning: "The server fell silent in the middle of the body.",
      causes: ["connection_read_timeout", "connection_write_timeout"],
      scenarios: ["slow/stalled-body"],
      setting: "timeout server (none unless set)",
      source: `${states}; measured`,
    },
    {
      pattern: state("PD"),
      words: "PD--",
      meaning: "HAProxy ended the message in its body: the chunked coding is broken.",
      causes: ["http_response_transfer_coding"],
      scenarios: ["malformed/late-bad-chunk"],
      source: states,
    },
    {
      pattern: state("[sS]Q"),
      words: "sQ--",
      meaning: "The request waited in the queue for a free connection until it was too late.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/proxy-pool"],
      setting: "maxconn on the server line, timeout queue (= timeout connect)",
      source: `${states}; measured`,
    },
    {
      pattern: state("(?:PC|RC)"),
      words: "PC--",
      meaning: "HAProxy itself had no socket, port or memory left to connect with.",
      causes: ["connection_limit_reached", "proxy_internal_error"],
      scenarios: ["exhaustion/proxy-pool"],
      setting: "maxconn, ulimit-n, source port ranges",
      source: states,
    },
    {
      pattern: state("C[CHDQR]"),
      words: "CD--",
      meaning: "The client left. Nobody upstream is at fault, unless for being slow.",
      causes: [],
      scenarios: ["slow/late-answer"],
      source: states,
    },
    {
      pattern: state("c[DHR]"),
      words: "cD--",
      meaning: "The client fell silent: it sent no request in time (cR, a 408), or does not take the response.",
      causes: [],
      scenarios: ["control/healthy"],
      setting: "timeout client, timeout http-request",
      source: states,
    },
    {
      pattern: /(?:^|\s)[DUK](?:[CHDQRLT-])--(?:\s|$)/,
      words: "D---",
      meaning: "HAProxy ended the session because the server was marked down, or an administrator did.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy", "pool/rolling-restart"],
      setting: "on-marked-down shutdown-sessions",
      source: states,
    },
    {
      pattern: /Server \S+ is DOWN, reason: /,
      words: 'Server app/one is DOWN, reason: Socket error, info: "Connection reset by peer"',
      meaning: "A health check failed so often that the server is left out. The reason and the info say how.",
      causes: ["destination_unavailable", "connection_terminated", "connection_refused", "connection_timeout"],
      scenarios: ["pool/all-unhealthy", "pool/sick-but-answering", "pool/flapping"],
      setting: "check, inter 2s, rise 2, fall 3, option httpchk",
      source: "src/check.c; measured",
    },
    {
      pattern: /backend(?: \S+)? has no server available/,
      words: "backend app has no server available!",
      meaning:
        "The last server of the backend has gone down: every request is a 503 (SC with <NOSRV>) until one is back.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy", "pool/sick-but-answering"],
      setting: "check, rise 2 fall 3",
      source: "src/server.c; measured",
    },
  ],
} satisfies Knowledge;
