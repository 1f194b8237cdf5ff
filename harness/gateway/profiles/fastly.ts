import type { Profile } from "../profile.ts";

const errors = { mark: "documented", source: "errors" } as const;
const older = { mark: "documented", source: "older" } as const;
const backend = { mark: "documented", source: "backend" } as const;
const follows = { mark: "derived", source: "errors" } as const;
const reports = { mark: "unconfirmed", source: "reports" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** Every failure is a 503: the reason phrase alone tells them apart, and HTTP/2 drops it. */
export default {
  name: "fastly",
  title: "Fastly",
  setting: "a VCL service",
  sources: {
    errors: {
      title: "VCL: errors",
      url: "https://www.fastly.com/documentation/guides/vcl/errors/",
      date: "2026-11-26",
    },
    older: {
      title: "Common 503 errors",
      url: "https://docs.fastly.com/en/guides/common-503-errors",
      date: "2026-11-26",
    },
    backend: {
      title: "API reference: backend",
      url: "https://www.fastly.com/documentation/reference/api/services/backend",
      date: "2026-11-26",
    },
    terraform: {
      title: "Terraform provider: backend",
      url: "https://registry.terraform.io/providers/fastly/fastly/latest/docs/resources/service_vcl",
      date: "2026-11-26",
    },
    reports: { title: "public reports of its error pages", date: "2026-11-26" },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: {
      ...older,
      status: 503,
      reason: "Connection refused",
      note: "the exact phrase is from memory",
    },
    connection_timeout: { ...older, status: 503, reason: "Connection timed out" },
    connection_read_timeout: { ...errors, status: 503, reason: "first byte timeout" },
    connection_terminated: {
      ...errors,
      status: 503,
      reason: "backend read error",
      note: "read timeouts and network errors",
    },
    http_response_incomplete: { ...errors, status: 503, reason: "backend read error" },
    connection_write_timeout: { ...older, status: 503, reason: "backend write error" },
    http_protocol_error: {
      ...older,
      status: 503,
      reason: "Service Unavailable",
      note: "a status line that cannot be read, no header",
    },
    destination_unavailable: { ...errors, status: 503, reason: "No healthy backends" },
    destination_not_found: { ...follows, status: 503, reason: "All backends failed or unhealthy" },
    connection_limit_reached: { ...errors, status: 503, reason: "Backend.max_conn reached" },
    tls_protocol_error: { ...memory, status: 503, reason: "SSL handshake error" },
    tls_certificate_error: {
      ...memory,
      status: 503,
      reason: "unable to get local issuer certificate",
      note: "or: hostname doesn't match against certificate",
    },
    dns_error: { ...memory, status: 503, reason: "backend is unhealthy", note: "or: no stale IP" },
    proxy_loop_detected: { ...memory, status: 503, reason: "Loop detected" },
  },
  timers: {
    connect: { mark: "documented", source: "terraform", ms: 1_000 },
    head: { mark: "documented", source: "terraform", ms: 15_000, note: "first byte" },
    idle: { ...memory, ms: 10_000, note: "between bytes" },
  },
  stalled: {
    ...backend,
    does: "complete",
    word: "between bytes timeout",
    note: "the fetch ends, and what was received is taken as complete",
  },
  page: {
    type: "text/html; charset=utf-8",
    body: '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html>\n<head><title>{status} {reason}</title></head>\n<body>\n<h1>Error {status} {reason}</h1>\n<p>{reason}</p>\n<h3>Error 54113</h3>\n<p>Details: cache-lab-{node}-LAB {epoch} {xid}</p>\n<hr>\n<p>Varnish cache server (imitated by badgateway)</p>\n</body>\n</html>\n',
  },
  fields: {
    own: [
      { ...memory, name: "Retry-After", text: "0" },
      { ...memory, name: "Server", text: "Varnish" },
    ],
    every: [
      { ...reports, name: "Via", text: "1.1 varnish" },
      { ...reports, name: "X-Served-By", text: "cache-lab-{node}-LAB" },
      { ...reports, name: "X-Cache", text: "MISS" },
      { ...reports, name: "X-Timer", text: "S{epoch}.{digits6},VS0" },
    ],
  },
  ids: { node: "{letters:4}{digits:7}", xid: "{digits:10}", digits6: "{digits:6}" },
  log: {
    own: '<134>{time} cache-lab-{node} log: {clientHost} "{method} {target}" {status} {sent} "{reason}" vcl_error',
    relayed: '<134>{time} cache-lab-{node} log: {clientHost} "{method} {target}" {status} {sent} "{reason}" vcl_fetch',
  },
  beyond: [
    { ...errors, status: "503", what: "one backend is unhealthy", word: "Backend is unhealthy" },
    {
      ...errors,
      status: "503",
      what: "every backend of a director failed or is unhealthy",
      word: "All backends failed or unhealthy",
    },
  ],
} satisfies Profile;
