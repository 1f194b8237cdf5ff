import type { Cause } from "../../cause.ts";
import type { Row } from "./dialect-row.ts";

const failed = "src/http_ana.c: http_return_srv_error";

const unavailable: readonly { readonly causes: readonly Cause[]; readonly reason: string }[] = [
  {
    causes: ["connection_refused"],
    reason: "No connection is no server: whatever keeps one from being made is a 503, termination state SC.",
  },
  {
    causes: ["connection_timeout"],
    reason: "No connection within “timeout connect” is a 503 like every connection that fails, termination state sC.",
  },
  {
    causes: ["tls_certificate_error", "tls_alert_received", "tls_protocol_error"],
    reason:
      "The handshake belongs to the connecting: one that fails is a connection that fails, a 503 with termination " +
      "state SC, and one that lasts too long runs into “timeout connect”.",
  },
];

const connecting: readonly Row[] = [
  ...unavailable.flatMap(({ causes, reason }) =>
    causes.map((cause): Row => ({ on: { cause }, answers: "own(503)", reason, source: failed })),
  ),
  {
    on: { id: "tls/reset-in-handshake" },
    answers: "own(503)",
    reason: "The handshake belongs to the connecting: one that is reset is a connection that fails, a 503 (SC).",
    source: failed,
  },
  {
    on: { id: "crash/reset-on-accept" },
    answers: ["own(502)", "own(503)"],
    reason:
      "A reset that is seen while the connection is still being made is a 503 (SC), one that is seen after it is a 502 " +
      "(SH); 24 runs gave 502 each time, a busy machine the 503.",
    source: `${failed} and http_wait_for_response`,
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { clean: 2, "own(502)": [0, 3], "own(503)": [0, 3] } },
    reason:
      "A reset that is seen while the connection is still being made is a 503 (SC), one seen after it a 502 (SH).",
    source: `${failed} and http_wait_for_response`,
  },
  {
    on: { id: "tls/client-certificate-required-13" },
    answers: ["own(502)", "own(503)"],
    reason:
      "Under TLS 1.3 the handshake is done for HAProxy before the backend has seen that the certificate is missing: the " +
      "alert ends the wait for the response, a 502 (SH), or, if it has come already when the request is to be sent, " +
      "the connecting, a 503 (SC); 45 of 48 runs gave 502.",
    source: `${failed} and http_wait_for_response`,
  },
];

const tally = { clean: [21, 23], "own(502)": 2, "own(503)": [5, 7] } as const;

const pools: readonly Row[] = [
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { "own(503)": 3, clean: 3 } },
    reason: "A refused connection is a 503, termination state SC.",
    source: failed,
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally },
    reason:
      "What dies with the process that works on it is a 502 (SH), what is refused until the next one listens a 503 (SC).",
    source: `${failed} and http_wait_for_response`,
  },
];

const names: readonly Row[] = (["dns_error", "dns_timeout"] as const).map((cause) => ({
  on: { cause },
  answers: "own(503)",
  reason:
    "“do-resolve” sets no address, whatever ailed the question, so that there is nowhere to go: a 503, as without a server.",
  source: "doc/configuration.txt: http-request do-resolve; src/resolvers.c: resolv_action_do_resolve",
}));

/** Where there is no connection, or none that holds. */
export const connections: readonly Row[] = [...connecting, ...pools, ...names];
