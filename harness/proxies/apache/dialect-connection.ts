import type { Cause } from "../../cause.ts";
import type { Row } from "./dialect-row.ts";

const handler = "modules/proxy/mod_proxy_http.c: proxy_http_handler";
const connecting = `${handler}, ap_proxy_connect_backend`;
const handshake = "modules/proxy/proxy_util.c: ap_proxy_pass_brigade, note SSL_connect_rv";
const name = "modules/proxy/proxy_util.c: ap_proxy_determine_connection, ssl_hostname";

const refused: readonly Row[] = (["connection_refused", "connection_timeout"] as const).map((cause) => ({
  on: { cause },
  answers: "own(503)",
  reason: "No connection is no service: whatever keeps one from being made is a 503 (AH00957, AH01114).",
  source: connecting,
}));

const failedHandshake: Pick<Row, "answers" | "reason" | "source"> = {
  answers: "own(500)",
  reason:
    "The handshake is begun by the first octets of the request; one that fails, or takes too long, is a 500, “Error " +
    "during SSL Handshake with remote server”, where the manual and even the log (AH01997) promise a 502.",
  source: handshake,
};

const handshakes: readonly Row[] = [
  ...(["tls_certificate_error", "tls_alert_received", "tls_protocol_error"] as const satisfies readonly Cause[]).map(
    (cause): Row => ({ on: { cause }, ...failedHandshake }),
  ),
  { on: { glob: "tls/{close-in-handshake,reset-in-handshake,stalled-handshake}" }, ...failedHandshake },
];

const anyName =
  "The name that is sent as SNI and verified is the host of the upstream's URL, or the client's Host under " +
  "ProxyPreserveHost; no directive sets another. With an address in the URL the check of names has to be off " +
  "(SSLProxyCheckPeerName), and a valid certificate for whomever is taken.";

const names: readonly Row[] = [
  { on: { id: "tls/wrong-host" }, answers: "clean", reason: anyName, source: name },
  {
    on: { id: "tls/wrong-host-resumed" },
    answers: "clean",
    waives: ["client-hello"],
    reason: `${anyName} The connection is then kept, so that no session is resumed.`,
    source: name,
  },
];

const chance: readonly Row[] = [
  {
    on: { id: "tls/client-certificate-required-13" },
    answers: "own(502)",
    reason:
      "Under TLS 1.3 the handshake is done for Apache before the backend has seen that the certificate is missing: the " +
      "alert comes in place of the status line (AH01102).",
    source: "modules/proxy/mod_proxy_http.c: ap_proxy_http_process_response",
  },
  {
    on: { id: "crash/reset-on-accept" },
    answers: ["own(502)", "own(503)"],
    reason:
      "A reset that is seen while the connection is still being made is a 503 (AH00957), one that is seen after it a " +
      "502 (AH01102); 23 of 24 runs gave 502.",
    source: `${connecting}; ap_proxy_http_process_response`,
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { "own(502)": [0, 3], "own(503)": [0, 3], clean: 2 } },
    reason:
      "A reset that is seen while the connection is still being made is a 503 (AH00957), one that is seen after it a " +
      "502 (AH01102); in 4 of 5 runs all three were 502.",
    source: `${connecting}; ap_proxy_http_process_response`,
  },
];

const pools: readonly Row[] = [
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { "own(503)": 3, clean: 3 } },
    reason: "A refused connection is a 503 (AH00957, AH01114).",
    source: connecting,
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { clean: [21, 23], "own(502)": 2, "own(503)": [5, 7] } },
    reason:
      "What dies with the process that works on it is a 502 (AH01102), what is refused until the next one listens a " +
      "503 (AH00957).",
    source: `${connecting}; ap_proxy_http_process_response`,
  },
  {
    on: { id: "pool/post-not-repeated" },
    remedied: true,
    answers: { tally: { "own(502)": 2, clean: 2 } },
    waives: ["request-read"],
    reason:
      "A balancer tries another member after a 503 alone, so once a connection has been made no request is repeated, a " +
      "GET neither.",
    source: "modules/proxy/mod_proxy.c: proxy_handler",
  },
  {
    on: { id: "crash/stale-keep-alive-get-same" },
    answers: [{ claim: "clean" }, { claim: "closed" }],
    reason:
      "When a request that is not the first of its connection gets no response, the client's connection is closed " +
      "without an answer, so that the client tries again by itself; the log says 502 (AH01104).",
    source: "modules/proxy/mod_proxy_http.c: ap_proxy_http_process_response, c->keepalives",
  },
];

/** Where there is no connection, or none that holds. */
export const connections: readonly Row[] = [...refused, ...handshakes, ...names, ...chance, ...pools];
