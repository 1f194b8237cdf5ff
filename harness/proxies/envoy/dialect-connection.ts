import type { Cause } from "../../cause.ts";
import { type Row, reset } from "./dialect-row.ts";

const unavailable: readonly { readonly causes: readonly Cause[]; readonly reason: string }[] = [
  {
    causes: ["connection_refused"],
    reason: "Whatever keeps a response from coming is a 503, unless the response breaks HTTP; flag UF: no connection.",
  },
  {
    causes: ["connection_timeout"],
    reason: "No connection within “connect_timeout” is a 503 like every connection that fails, flag UF.",
  },
  {
    causes: ["connection_terminated"],
    reason:
      "Whatever keeps a response from coming is a 503, unless the response breaks HTTP; flag UC: closed before it.",
  },
  {
    causes: ["tls_certificate_error", "tls_alert_received", "tls_protocol_error"],
    reason:
      "The handshake belongs to the connecting: one that fails is a connection that fails, a 503 with flag UF, and one " +
      "that lasts too long runs into “connect_timeout”.",
  },
];

const connecting: readonly Row[] = unavailable.flatMap(({ causes, reason }) =>
  causes.map((cause): Row => ({ on: { cause }, answers: "own(503)", reason, source: reset })),
);

const closed: readonly Row[] = [
  {
    on: { id: "crash/only-interim" },
    answers: "own(503)",
    reason: "A connection that ends after an interim response ends before the response: a 503, flag UC.",
    source: reset,
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { clean: 2, "own(503)": 3 } },
    reason: "A connection that is reset before a response is a 503, flag UC.",
    source: reset,
  },
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { clean: 3, "own(503)": 3 } },
    reason: "A refused connection is a 503, flag UF.",
    source: reset,
  },
  {
    on: { id: "pool/flapping" },
    answers: [{ claim: { tally: { clean: [11, 13], "own(503)": [1, 3] } } }, { claim: "clean" }, { claim: "clean" }],
    reason: "A connection that is reset before a response is a 503, flag UC.",
    source: reset,
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { clean: [21, 23], "own(503)": [7, 9] } },
    reason:
      "What dies with the process that works on it is a 503 (UC), and so is what is refused until the next one listens (UF).",
    source: reset,
  },
  {
    on: { id: "crash/early-refusal-reset" },
    answers: ["own(503)", "relayed(413)"],
    reason:
      "A reset that is met by writing the body, before the response has been read, is a 503, flag UC; 28 of 48 runs gave " +
      "that, 20 the 413.",
    source: reset,
  },
  {
    on: { id: "crash/reset-mid-head" },
    answers: "own(502)",
    reason: "A head that breaks off breaks HTTP, whatever breaks it off: a 502, flag UPE.",
    source: reset,
  },
];

const names: readonly Row[] = [
  ...(["dns_error", "dns_timeout"] as const).map((cause) => ({
    on: { cause },
    answers: "own(503)" as const,
    reason: "Whatever ails the resolution of a name, its time running out included, is the same 503, flag DF.",
    source: "source/extensions/filters/http/dynamic_forward_proxy/proxy_filter.cc: dns_resolution_failure",
  })),
  {
    on: { id: "dns/moved" },
    answers: [{ claim: "clean" }, { claim: "own(503)" }],
    reason:
      "An answer counts for “dns_min_refresh_rate” at least, a second or more, even with a TTL of 0: the second request " +
      "still goes to the old address.",
    source: "api/envoy/extensions/common/dynamic_forward_proxy/v3/dns_cache.proto: dns_min_refresh_rate",
  },
];

/** Where there is no connection, or none that holds. */
export const connections: readonly Row[] = [...connecting, ...closed, ...names];
