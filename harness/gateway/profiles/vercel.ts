import type { Profile } from "../profile.ts";

const errors = { mark: "documented", source: "errors" } as const;
const handshake = { mark: "documented", source: "handshake" } as const;
const follows = { mark: "derived", source: "errors" } as const;
const reports = { mark: "unconfirmed", source: "reports" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

const text = "An error occurred with this application.";

export default {
  name: "vercel",
  title: "Vercel",
  setting: "a rewrite to an external address",
  sources: {
    errors: { title: "Vercel error codes", url: "https://vercel.com/docs/errors", date: "2026-11-26" },
    handshake: {
      title: "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR",
      url: "https://vercel.com/docs/errors/ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR",
      date: "2026-11-26",
    },
    reports: { title: "public reports of its error pages", date: "2026-11-26" },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...errors, status: 502, word: "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR", text },
    connection_timeout: { ...errors, status: 502, word: "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR", text },
    connection_terminated: { ...errors, status: 502, word: "ROUTER_EXTERNAL_TARGET_ERROR", text },
    http_response_incomplete: { ...errors, status: 502, word: "ROUTER_EXTERNAL_TARGET_ERROR", text },
    http_protocol_error: { ...errors, status: 502, word: "ROUTER_EXTERNAL_TARGET_ERROR", text },
    http_response_header_section_size: { ...memory, status: 502, word: "ROUTER_EXTERNAL_TARGET_ERROR", text },
    connection_read_timeout: {
      ...memory,
      status: 504,
      word: "ROUTER_EXTERNAL_TARGET_ERROR",
      text,
      note: "502 by the table of errors; 504 from memory",
    },
    tls_protocol_error: { ...handshake, status: 502, word: "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR", text },
    tls_certificate_error: { ...handshake, status: 502, word: "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR", text },
    tls_timeout: { ...handshake, status: 502, word: "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR", text },
    dns_error: {
      ...errors,
      status: 502,
      word: "DNS_HOSTNAME_NOT_FOUND",
      text,
      note: "or DNS_HOSTNAME_RESOLVE_FAILED, DNS_HOSTNAME_EMPTY",
    },
    dns_timeout: { ...follows, status: 502, word: "DNS_HOSTNAME_SERVER_ERROR", text },
    destination_ip_prohibited: {
      ...errors,
      status: 404,
      word: "DNS_HOSTNAME_RESOLVED_PRIVATE",
      text,
      note: "the name leads to a private address",
    },
    proxy_loop_detected: { ...errors, status: 508, word: "INFINITE_LOOP_DETECTED", text },
    destination_unavailable: { ...follows, status: 502, word: "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR", text },
  },
  timers: {
    head: { ...errors, ms: 120_000, note: "the limit for proxied requests" },
    total: { ...errors, ms: 120_000, note: "the limit for proxied requests" },
  },
  page: { type: "text/plain; charset=utf-8", body: "{text}\n\n{word}\n\nlab1::{id}\n" },
  fields: {
    own: [{ ...reports, name: "x-vercel-error", text: "{word}" }],
    every: [
      { ...memory, name: "Server", text: "Vercel" },
      { ...memory, name: "x-vercel-id", text: "lab1::{id}" },
    ],
  },
  ids: { id: "{letters:5}-{digits:13}-{hex:12}" },
  log: {
    own: '{"timestamp":"{time}","requestId":"lab1::{id}","method":"{method}","path":"{target}","statusCode":{status},"error":"{word}"}',
    relayed:
      '{"timestamp":"{time}","requestId":"lab1::{id}","method":"{method}","path":"{target}","statusCode":{status}}',
  },
  beyond: [
    { ...errors, status: "504", what: "a function ran out of time", word: "FUNCTION_INVOCATION_TIMEOUT" },
    { ...errors, status: "500", what: "a function crashed", word: "FUNCTION_INVOCATION_FAILED" },
    { ...errors, status: "502", what: "a function did not answer", word: "NO_RESPONSE_FROM_FUNCTION" },
    { ...errors, status: "503", what: "a function was throttled", word: "FUNCTION_THROTTLED" },
    { ...errors, status: "502", what: "the name has no address", word: "DNS_HOSTNAME_EMPTY" },
    { ...errors, status: "502", what: "resolving the name failed", word: "DNS_HOSTNAME_RESOLVE_FAILED" },
  ],
} satisfies Profile;
