import type { Profile } from "../profile.ts";

const docs = { mark: "documented", source: "errors" } as const;
const follows = { mark: "derived", source: "errors" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** SSL mode Full (strict): the origin's certificate must be valid. */
const strict = {
  name: "cloudflare",
  title: "Cloudflare",
  setting: "SSL mode Full (strict)",
  sources: {
    errors: {
      title: "Cloudflare 5xx errors, 1xxx errors and error headers",
      url: "https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/",
      date: "2026-11-26",
    },
    limits: {
      title: "Connection limits",
      url: "https://developers.cloudflare.com/fundamentals/reference/connection-limits/",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...docs, status: 521, reason: "Web Server Is Down", word: "521" },
    connection_timeout: {
      ...docs,
      status: 522,
      reason: "Connection Timed Out",
      word: "522",
      note: "no SYN+ACK within 19 s, or the request not acknowledged within 90 s",
    },
    destination_ip_unroutable: { ...docs, status: 523, reason: "Origin Is Unreachable", word: "523" },
    connection_terminated: {
      ...follows,
      status: 520,
      reason: "Web Server Returned an Unknown Error",
      word: "520",
      note: "an empty response; that a reset is one too follows from the text",
    },
    http_response_incomplete: {
      ...docs,
      status: 520,
      reason: "Web Server Returned an Unknown Error",
      word: "520",
      note: "an empty, unknown or unexpected response",
    },
    http_protocol_error: {
      ...docs,
      status: 520,
      reason: "Web Server Returned an Unknown Error",
      word: "520",
      note: "a malformed or missing status, bad HTTP/2",
    },
    http_response_header_section_size: {
      ...docs,
      status: 520,
      reason: "Web Server Returned an Unknown Error",
      word: "520",
      note: "more than 128 KB; the page on limits says 32 KB in all and 16 KB each",
    },
    connection_read_timeout: {
      ...docs,
      status: 524,
      reason: "A Timeout Occurred",
      word: "524",
      note: "connected, but no response within 120 s (100 s on an older page)",
    },
    connection_write_timeout: {
      ...docs,
      status: 524,
      reason: "A Timeout Occurred",
      word: "524",
      note: "a write not completed in 30 s",
    },
    tls_protocol_error: { ...docs, status: 525, reason: "SSL Handshake Failed", word: "525" },
    tls_timeout: { ...follows, status: 525, reason: "SSL Handshake Failed", word: "525" },
    tls_certificate_error: {
      ...docs,
      status: 526,
      reason: "Invalid SSL Certificate",
      word: "526",
      note: "expired, revoked, self-signed, wrong name; in Full (strict) alone",
    },
    dns_error: {
      ...docs,
      status: 530,
      reason: "Origin DNS Error",
      word: "1016",
      note: "sent as 530; the body names the code 1016",
    },
    http_response_content_coding: { ...docs, status: 502, word: "502", note: "broken gzip: its own page, unbranded" },
    destination_unavailable: { ...memory, status: 503, word: "503", note: "Load Balancing with no healthy pool" },
  },
  timers: {
    connect: { ...docs, ms: 19_000 },
    send: { ...docs, ms: 30_000 },
    head: { ...docs, ms: 120_000, note: "the proxy read timeout; 100 s on an older page" },
    idle: { mark: "documented", source: "limits", ms: 900_000, note: "proxy idle timeout" },
  },
  replaces: { ...docs, statuses: [502, 504], note: "a branded page takes the place of the origin's own" },
  headLimit: { ...docs, octets: 128 * 1024, note: "the page on limits says 32 KB" },
  page: {
    type: "text/html; charset=UTF-8",
    body: '<!DOCTYPE html>\n<html lang="en-US">\n<head><title>{host} | {word}: {reason}</title></head>\n<body>\n<div id="cf-wrapper">\n<h1><span>{reason}</span> <span>Error code {word}</span></h1>\n<p>{date}</p>\n<ul><li>You: working</li><li>Edge (imitated by badgateway): working</li><li>{host}: error</li></ul>\n<p>Ray ID: <strong>{ray}</strong></p>\n</div>\n</body>\n</html>\n',
  },
  fields: {
    own: [
      { ...docs, name: "cf-error-type", text: "{word}" },
      { ...docs, name: "cf-error-origin", text: "edge" },
      { ...memory, name: "Cache-Control", text: "private, max-age=0, no-store" },
    ],
    every: [
      { ...memory, name: "Server", text: "cloudflare" },
      { ...memory, name: "CF-RAY", text: "{ray}-LAB" },
    ],
  },
  ids: { ray: "{hex:16}" },
  log: {
    own: '{"EdgeStartTimestamp":"{time}","RayID":"{ray}","ClientRequestMethod":"{method}","ClientRequestHost":"{host}","ClientRequestURI":"{target}","EdgeResponseStatus":{status},"OriginResponseStatus":0,"OriginIP":"{upstreamHost}","EdgeResponseBytes":{sent}}',
    relayed:
      '{"EdgeStartTimestamp":"{time}","RayID":"{ray}","ClientRequestMethod":"{method}","ClientRequestHost":"{host}","ClientRequestURI":"{target}","EdgeResponseStatus":{status},"OriginResponseStatus":{upstreamStatus},"OriginIP":"{upstreamHost}","EdgeResponseBytes":{sent}}',
    left: { status: "499" },
  },
  beyond: [
    {
      ...docs,
      status: "502",
      what: "the origin's Content-Length does not fit its body, or data centres shift: unbranded",
    },
    { ...docs, status: "503", what: "a problem of a data centre; the body names cloudflare" },
    { ...docs, status: "530", what: "another 1xxx error; the body names its code" },
    { ...memory, status: "530", what: "a tunnel has no connector", word: "1033" },
    { ...memory, status: "527", what: "an error of the Railgun listener, a product that is retired" },
    { ...memory, status: "499", what: "in the log alone: the client closed early" },
  ],
} satisfies Profile;

const { tls_certificate_error: _, ...answers } = strict.answers;

/** SSL mode Full: TLS to the origin, whatever certificate it shows. */
const full = {
  ...strict,
  name: "cloudflare-full",
  setting: "SSL mode Full",
  answers,
  trusting: { ...docs, note: "in Full the same certificate is accepted that is a 526 in Full (strict)" },
} satisfies Profile;

export default [strict, full];
