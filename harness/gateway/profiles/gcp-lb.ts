import type { Profile, ProfileAnswer } from "../profile.ts";

const logging = { mark: "documented", source: "logging" } as const;
const distribution = { mark: "documented", source: "distribution" } as const;
const follows = { mark: "derived", source: "logging" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

const either = "Google lists 502 and 503 for it; global and classic load balancers tend to 502, regional ones to 503";

/** The same words in the log, whatever the number. */
function answers(status: 502 | 503, timeout: ProfileAnswer) {
  return {
    connection_refused: { ...logging, status, word: "failed_to_connect_to_backend", note: either },
    connection_timeout: {
      ...logging,
      status,
      word: "failed_to_connect_to_backend",
      note: `a timeout included; ${either}`,
    },
    destination_unavailable: { ...logging, status, word: "failed_to_pick_backend", note: either },
    destination_not_found: { ...follows, status, word: "failed_to_pick_backend", note: either },
    connection_read_timeout: timeout,
    connection_terminated: {
      ...logging,
      status,
      word: "backend_connection_closed_before_data_sent_to_client",
      note: `a crash, or a kept connection that the backend closes; ${either}`,
    },
    http_response_incomplete: {
      ...follows,
      status,
      word: "backend_connection_closed_before_data_sent_to_client",
      note: either,
    },
    http_protocol_error: { ...follows, status, word: "backend_response_corrupted", note: either },
    http_response_transfer_coding: { ...logging, status, word: "backend_response_corrupted", note: `often; ${either}` },
    http_response_content_coding: { ...logging, status, word: "error_uncompressing_gzipped_body", note: either },
    http_response_header_section_size: { ...logging, status, word: "backend_response_headers_too_long", note: either },
    tls_protocol_error: {
      ...follows,
      status,
      word: "failed_to_negotiate_alpn",
      note: `stated of ALPN without a protocol in common, not of every handshake that fails; ${either}`,
    },
    tls_certificate_error: {
      ...logging,
      status,
      word: "ssl_certificate_chain_verification_failed",
      note: `or ssl_certificate_san_verification_failed, with authenticated backends; ${either}`,
    },
    dns_error: { ...follows, status, word: "failed_to_connect_to_backend", note: "an internet endpoint by name" },
    proxy_loop_detected: { ...logging, status, word: "request_loop_detected", note: either },
  } satisfies Profile["answers"];
}

const common = {
  sources: {
    logging: {
      title: "Global external Application Load Balancer logging and monitoring: statusDetails",
      url: "https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring",
      date: "2026-11-26",
    },
    distribution: {
      title: "Request distribution: timeouts and retries",
      url: "https://cloud.google.com/load-balancing/docs/https/request-distribution",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  timers: {
    head: { ...distribution, ms: 30_000, note: "the backend service's timeout" },
    total: {
      ...distribution,
      ms: 30_000,
      note: "the backend service's timeout, from the request's first octet to the last of the response",
    },
  },
  tries: {
    ...memory,
    most: 2,
    after: ["connecting", "terminated"],
    at: "any",
    note: "idempotent requests, after a failure of the connection",
  },
  broken: {
    ...logging,
    does: "cut",
    word: "backend_connection_closed_after_partial_response_sent",
    note: "the log has the backend's status, and 0 if its head was incomplete",
  },
  stalled: { ...follows, does: "cut", word: "backend_timeout" },
  page: {
    type: "text/html; charset=UTF-8",
    body: '\n<html><head>\n<meta http-equiv="content-type" content="text/html;charset=utf-8">\n<title>{status} Server Error</title>\n</head>\n<body text=#000000 bgcolor=#ffffff>\n<h1>Error: Server Error</h1>\n<h2>The server could not complete the request (imitated by badgateway).</h2>\n<h2></h2>\n</body></html>\n',
  },
  fields: {
    own: [{ ...memory, name: "Referrer-Policy", text: "no-referrer" }],
    every: [{ ...memory, name: "Via", text: "1.1 google" }],
  },
  ids: { trace: "{hex:32}", span: "{hex:16}" },
  log: {
    own: '{"httpRequest":{"requestMethod":"{method}","requestUrl":"http://{host}{target}","status":{status},"responseSize":"{sent}","remoteIp":"{clientHost}","latency":"{seconds}s"},"jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","statusDetails":"{word}"},"trace":"projects/badgateway/traces/{trace}","timestamp":"{time}"}',
    relayed:
      '{"httpRequest":{"requestMethod":"{method}","requestUrl":"http://{host}{target}","status":{status},"responseSize":"{sent}","remoteIp":"{clientHost}","serverIp":"{upstreamHost}","latency":"{seconds}s"},"jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","statusDetails":"response_sent_by_backend"},"trace":"projects/badgateway/traces/{trace}","timestamp":"{time}"}',
    left: { status: "0", word: "client_disconnected_before_any_response" },
  },
  beyond: [
    {
      ...logging,
      status: "502, 503",
      what: "1xx or 2xx before the whole content of the request was read",
      word: "backend_early_response_with_non_error_status",
    },
    {
      ...logging,
      status: "4xx, 5xx",
      what: "an early error of the backend, which is relayed",
      word: "aborted_request_due_to_backend_early_response",
    },
    {
      ...logging,
      status: "502, 503",
      what: "an interim response where none is supported",
      word: "backend_interim_response_not_supported",
    },
    {
      ...logging,
      status: "503",
      what: "with authenticated backends: a chain too long, a bad key, no certificate",
      word: "server_cert_…",
    },
    {
      ...logging,
      status: "502, 503",
      what: "the name in the certificate is another",
      word: "ssl_certificate_san_verification_failed",
    },
    { ...logging, status: "0", what: "the client left", word: "client_disconnected_before_any_response" },
    { ...logging, status: "0, 408", what: "the client was idle", word: "client_timed_out" },
    {
      ...logging,
      status: "404, 502, 503",
      what: "the configuration has not arrived everywhere",
      word: "config_not_found",
    },
    { ...logging, status: "502, 503", what: "something in the infrastructure that passes", word: "retriable_error" },
    { ...logging, status: "4xx, 5xx", what: "something in the infrastructure", word: "internal_error" },
    { ...logging, status: "413", what: "the head of the request is too large", word: "headers_too_long" },
  ],
} satisfies Partial<Profile>;

export default [
  {
    ...common,
    name: "gcp-lb",
    title: "Google Cloud external Application Load Balancer",
    setting: "global or classic",
    answers: answers(502, {
      ...logging,
      status: 502,
      word: "backend_timeout",
      note: `never 504 in Google's table; ${either}`,
    }),
  },
  {
    ...common,
    name: "gcp-lb-regional",
    title: "Google Cloud external Application Load Balancer",
    setting: "regional, built on Envoy",
    answers: answers(503, {
      ...follows,
      status: 504,
      word: "backend_timeout",
      note: "Envoy answers a timeout so; Google's table lists 502 and 503",
    }),
  },
] satisfies Profile[];
