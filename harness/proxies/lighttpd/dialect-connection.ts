import type { Row } from "./dialect-row.ts";

const connecting = "src/gw_backend.c: gw_proc_connect_error, gw_host_get";
const marked = `${connecting}, gw_proc_check_enable`;

const reset = "A reset that is seen while the connection is still being made is a 503, one that is seen after it a 500";

const leftOut: Pick<Row, "answers" | "reason" | "source"> = {
  answers: [{ claim: "own(503)" }, { claim: ["own(503)", "clean"] }],
  reason:
    "A host that cannot be connected to is down until lighttpd looks again, which it does once a second, even with a " +
    "disable-time of 0: within that second a 503 comes at once.",
  source: marked,
};

const refused: readonly Row[] = [
  ...(["connection_refused", "connection_timeout"] as const).map(
    (cause): Row => ({
      on: { cause },
      answers: "own(503)",
      reason: "A host that cannot be connected to is down, and without another one the answer is a 503.",
      source: connecting,
    }),
  ),
  { on: { id: "crash/restarting" }, ...leftOut },
  { on: { id: "container/restarted" }, at: "never", ...leftOut },
  {
    on: { id: "crash/reset-on-accept" },
    answers: ["own(500)", "own(503)"],
    reason: `${reset}; 15 of 20 runs gave 500.`,
    source: `${connecting}; gw_recv_response_error`,
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { clean: 2, "own(500)": [0, 3], "own(503)": [0, 3] } },
    reason: `${reset}, and the host is down; 16 of 20 runs gave 500 each time, 4 the 503.`,
    source: `${connecting}; gw_recv_response_error`,
  },
];

const terminated: readonly Row[] = [
  {
    on: { cause: "connection_terminated" },
    answers: "own(500)",
    reason: "A connection that ends before a head is whole leaves no status, which becomes a 500 of lighttpd's own.",
    source: "src/gw_backend.c: gw_backend_error; src/response.c: http_response_backend_done",
  },
  {
    on: {
      glob: "{crash/{close-mid-head,close-mid-status-line,only-interim},malformed/{http2-frames,tls-on-plain-port}}",
    },
    answers: "own(500)",
    reason:
      "Octets without the end of a line, or of a head, are an incomplete head, whatever they are; when the connection " +
      "ends there, no status is known, which becomes a 500.",
    source: "src/http-header-glue.c: http_response_parse_headers; src/response.c: http_response_backend_done",
  },
];

const noise: readonly Row[] = [
  {
    on: { id: "malformed/not-http" },
    answers: ["own(500)", "own(502)"],
    reason:
      "A first line that is no status line is a 502, octets without the end of a line are an incomplete head, a 500. It " +
      "depends on the noise; of 24 seeds 14 gave the 500.",
    source: "src/http-header-glue.c: http_response_parse_headers; src/response.c: http_response_backend_done",
  },
];

const ownConnection =
  "Each request goes out on a connection of its own, with “Connection: close”, so that none goes stale.";

const pools: readonly Row[] = [
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { clean: 6 } },
    waives: ["request-read"],
    reason:
      "A host that cannot be connected to is always followed by the next one, up to five times and for any method; no " +
      "option prevents it. Until the next second it is then left out.",
    source: "src/gw_backend.c: gw_write_error, gw_reconnect",
  },
  {
    on: { id: "pool/post-not-repeated" },
    remedied: true,
    answers: { tally: { "own(500)": 2, clean: 2 } },
    waives: ["request-read"],
    reason: "Once an octet of a request has been written it is not repeated, a GET neither.",
    source: "src/gw_backend.c: gw_recv_response_error, hctx->wb.bytes_out == 0",
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { clean: [9, 26], "own(500)": [1, 3], "own(503)": [1, 20] } },
    reason:
      "What dies with the process that works on it is a 500. A host that has refused is left out until lighttpd looks " +
      "again, once a second, so that with both left out all the rest of a burst is 503.",
    source: marked,
  },
  {
    on: { glob: "crash/stale-keep-alive-{fin,get,get-same,post}" },
    answers: "clean",
    waives: ["bytes-read", "fin", "rst"],
    reason: ownConnection,
    source: "src/mod_proxy.c: proxy_create_env",
  },
  {
    on: { id: "crash/idle-close" },
    waives: ["idle-closed"],
    reason: ownConnection,
    source: "src/mod_proxy.c: proxy_create_env",
  },
];

/** Where there is no connection, or none that holds. */
export const connections: readonly Row[] = [...refused, ...terminated, ...noise, ...pools];
