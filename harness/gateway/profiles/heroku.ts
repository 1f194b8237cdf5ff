import type { Profile } from "../profile.ts";

const codes = { mark: "documented", source: "codes" } as const;
const follows = { mark: "derived", source: "codes" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** Time that runs out is a 503 here, never a 504. */
export default {
  name: "heroku",
  title: "Heroku router",
  setting: "Cedar",
  sources: {
    codes: {
      title: "Heroku error codes",
      url: "https://devcenter.heroku.com/articles/error-codes",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: {
      ...codes,
      status: 503,
      word: "H21",
      text: "Backend connection refused",
      note: "after several dynos",
    },
    connection_timeout: {
      ...codes,
      status: 503,
      word: "H19",
      text: "Backend connection timeout",
      note: "after several dynos",
    },
    connection_read_timeout: { ...codes, status: 503, word: "H12", text: "Request timeout" },
    connection_terminated: { ...codes, status: 503, word: "H13", text: "Connection closed without response" },
    http_response_incomplete: { ...follows, status: 503, word: "H13", text: "Connection closed without response" },
    http_protocol_error: { ...codes, status: 503, word: "H17", text: "Poorly formatted HTTP response" },
    length_conflict: { ...codes, status: 502, word: "H25", text: "HTTP Restriction" },
    http_response_header_section_size: {
      ...codes,
      status: 502,
      word: "H25",
      text: "HTTP Restriction",
      note: "a field line of more than 512 KB, a status line of more than 8 KB, an oversized cookie",
    },
    destination_unavailable: { ...codes, status: 503, word: "H14", text: "No web processes running" },
    destination_not_found: { ...codes, status: 503, word: "H14", text: "No web processes running" },
    connection_limit_reached: { ...codes, status: 503, word: "H22", text: "Connection limit reached" },
    connection_write_timeout: { ...follows, status: 503, word: "H12", text: "Request timeout" },
    tls_protocol_error: {
      ...memory,
      status: 503,
      word: "H21",
      text: "Backend connection refused",
      note: "the router speaks plain HTTP to dynos: cannot happen there",
    },
    dns_error: {
      ...memory,
      status: 503,
      word: "H21",
      text: "Backend connection refused",
      note: "dynos are addresses: cannot happen there",
    },
  },
  timers: {
    connect: { ...codes, ms: 5_000 },
    head: { ...codes, ms: 30_000, note: "to the first octet" },
    idle: { ...codes, ms: 55_000, note: "a rolling window" },
  },
  stalled: { ...codes, does: "cut", word: "H15", text: "Idle connection", logged: 503 },
  broken: {
    ...codes,
    does: "cut",
    word: "H18",
    text: "Server Request Interrupted",
    logged: 503,
  },
  headLimit: { ...follows, octets: 512 * 1024, note: "stated of one field line; a status line may have 8 KB" },
  wantsReason: { ...codes, word: "H17", note: "a status line without a reason phrase counts as malformed" },
  tries: { ...codes, most: 10, after: ["connecting"], at: "others", note: "connecting is tried at up to 10 dynos" },
  page: {
    type: "text/html; charset=utf-8",
    body: "<!DOCTYPE html>\n<html>\n<head><title>Application Error</title></head>\n<body>\n<h1>Application error</h1>\n<p>An error occurred in the application and the page could not be served (Heroku's router, imitated by badgateway). Whoever owns the application finds the details in its logs.</p>\n</body>\n</html>\n",
  },
  fields: {
    own: [{ ...memory, name: "Cache-Control", text: "no-cache, no-store" }],
    every: [{ ...memory, name: "Via", text: "1.1 vegur" }],
  },
  ids: { request: "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}" },
  log: {
    own: 'at=error code={word} desc="{text}" method={method} path="{target}" host={host} request_id={request} fwd="{clientHost}" dyno=web.1 connect={connect}ms service={service}ms status={status} bytes={sent} protocol=http',
    relayed:
      'at=info method={method} path="{target}" host={host} request_id={request} fwd="{clientHost}" dyno=web.1 connect={connect}ms service={service}ms status={status} bytes={sent} protocol=http',
    left: { status: "499", word: "H27", text: "Client Request Interrupted" },
  },
  beyond: [
    { ...codes, status: "503", what: "the application crashed, or failed to boot", word: "H10" },
    { ...codes, status: "503", what: "too many requests wait", word: "H11" },
    { ...codes, status: "503", what: "the dyno was still booting after 75 s", word: "H20" },
    { ...codes, status: "-", what: "the router was shut down in mid-request", word: "H24" },
    { ...codes, status: "417", what: "Expect holds something unknown; 400 for a bad field or chunk", word: "H26" },
    { ...codes, status: "499", what: "the client left", word: "H27" },
    { ...codes, status: "499", what: "the client was idle for 55 s; the status is from memory", word: "H28" },
    { ...codes, status: "421", what: "the request was misdirected; the status is from memory", word: "H31" },
    { ...codes, status: "-", what: "the TLS certificate does not match", word: "H32" },
    { ...codes, status: "-", what: "an HTTP/2 stream broke", word: "H33" },
    { ...codes, status: "503", what: "every dyno is in quarantine: 5 s each, 10 attempts, 75 s", word: "H34" },
    { ...codes, status: "503", what: "maintenance", word: "H80" },
    { ...codes, status: "502", what: "a blank application", word: "H81" },
    { ...codes, status: "503", what: "the free hours are used up", word: "H82" },
    { ...codes, status: "503", what: "a planned degradation", word: "H83" },
    { ...codes, status: "503", what: "an error of the platform", word: "H99" },
  ],
} satisfies Profile;
