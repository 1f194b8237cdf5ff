import type { Cause } from "../../cause.ts";
import type { Row } from "./dialect-row.ts";

const connectFailed = "A connect that fails, for whatever reason and after whatever time, is ERR_CONNECT_FAIL, a 503.";
const connecting = "src/HappyConnOpener.cc: makeError";
const handshakeFailed = "A handshake that fails, its certificate included, is ERR_SECURE_CONNECT_FAIL, a 503.";
const handshaking = "src/security/PeerConnector.cc: handshake, suspendNegotiation, sslFinalized";
const noPeer =
  "A request for which no peer is left is given up without an error of its own, and what has neither an error nor an " +
  "answer becomes ERR_READ_ERROR, a 502.";
const givenUp = "src/FwdState.cc: completed";

const refused = (["connection_refused", "connection_timeout"] as const satisfies readonly Cause[]).map(
  (cause): Row => ({ on: { cause }, answers: "own(503)", reason: connectFailed, source: connecting }),
);

const handshakes = (
  ["tls_certificate_error", "tls_alert_received", "tls_protocol_error"] as const satisfies readonly Cause[]
).map((cause): Row => ({ on: { cause }, answers: "own(503)", reason: handshakeFailed, source: handshaking }));

/** Which status stands for which failure, where it is not the one recommended. */
export const statuses: readonly Row[] = [
  ...refused,
  ...handshakes,
  {
    on: { cause: "connection_limit_reached" },
    answers: "own(502)",
    reason: `A peer with all its connections in use (max-conn) is not chosen. ${noPeer}`,
    source: `src/neighbors.cc: peerHasConnAvailable; ${givenUp}`,
  },
  { on: { id: "config/no-upstream" }, answers: "own(502)", reason: noPeer, source: givenUp },
  {
    on: { id: "crash/dead-from-the-start" },
    answers: "own(502)",
    reason: `Peers are probed when Squid starts; one that was dead then is not chosen until a probe succeeds. ${noPeer}`,
    source: `src/neighbors.cc: neighborUp, peerProbeConnect; ${givenUp}`,
  },
  {
    on: { id: "crash/reset-on-accept" },
    answers: ["own(502)", "own(503)"],
    reason:
      "A reset that is there before Squid has looked at the new connection is a connect that failed, a 503; after that it " +
      "is a read that failed, a 502. Chance decides.",
    source: "src/comm/ConnOpener.cc: connect; src/http.cc: readReply",
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { "own(502)": [0, 3], "own(503)": [0, 3], clean: 2 } },
    reason:
      "A reset that is there before Squid has looked at the new connection is a connect that failed, a 503; after that it " +
      "is a read that failed, a 502. Chance decides.",
    source: "src/comm/ConnOpener.cc: connect; src/http.cc: readReply",
  },
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { "own(503)": [2, 3], clean: [3, 4] } },
    waives: ["request-read"],
    reason: `${connectFailed} What a process chooses first it forgets, as the counts are set back then: it takes that peer again.`,
    source: `${connecting}; src/neighbors.cc: getRoundRobinParent, peerClearRRStart`,
  },
  {
    on: { id: "pool/one-of-two-dead" },
    remedied: true,
    waives: ["request-read"],
    reason:
      "What a process chooses first it forgets, as the counts are set back then: four of six requests go to that peer.",
    source: "src/neighbors.cc: getRoundRobinParent, peerClearRRStart",
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { "own(502)": 2, "own(503)": [5, 7], clean: [21, 23] } },
    reason: `${connectFailed} What fails later is a 502.`,
    source: connecting,
  },
  { on: { id: "tls/reset-in-handshake" }, answers: "own(503)", reason: handshakeFailed, source: handshaking },
  {
    on: { id: "tls/client-certificate-required-13" },
    answers: "own(502)",
    reason:
      "In TLS 1.3 the handshake is over for Squid before the server has looked for a certificate: its alert ends the wait " +
      "for the response, which is a 502 (ERR_ZERO_SIZE_OBJECT).",
    source: "RFC 8446 §4.4.2.4; src/http.cc: readReply",
  },
  {
    on: { id: "tls/stalled-handshake" },
    answers: "own(504)",
    reason: "A handshake that takes too long is ERR_SECURE_CONNECT_FAIL like every failed one, but with 504.",
    source: "src/security/PeerConnector.cc: commTimeoutHandler",
  },
  {
    on: { id: "slow/unread-upload" },
    answers: "own(502)",
    reason: "A write that takes too long is ERR_WRITE_ERROR like every failed one, a 502.",
    source: "src/http.cc: wroteLast; src/clients/Client.cc: sentRequestBody",
  },
  {
    on: { id: "config/loop" },
    answers: "own(403)",
    reason: "Squid finds its own name in Via, and denies access to what would go round.",
    source:
      "src/client_side_request.cc: clientInterpretRequestHeaders; src/client_side_reply.cc: processMiss, loopDetected",
  },
];
