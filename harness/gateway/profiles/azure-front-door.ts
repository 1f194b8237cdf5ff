import type { Profile } from "../profile.ts";

const trouble = { mark: "documented", source: "trouble" } as const;
/** The word is documented, the status that goes with it is not spelled out. */
const named = { mark: "derived", source: "logs" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

const sorry = "Our services aren't available right now. We're working to restore all services as soon as possible.";

export default {
  name: "azure-front-door",
  title: "Azure Front Door",
  sources: {
    trouble: {
      title: "Troubleshoot Azure Front Door common issues",
      url: "https://learn.microsoft.com/azure/frontdoor/troubleshoot-issues",
      date: "2026-11-26",
    },
    fields: {
      title: "Protocol support for HTTP headers in Azure Front Door",
      url: "https://learn.microsoft.com/azure/frontdoor/front-door-http-headers-protocol",
      date: "2026-11-26",
    },
    logs: {
      title: "Monitor metrics and logs in Azure Front Door: ErrorInfo",
      url: "https://learn.microsoft.com/azure/frontdoor/front-door-diagnostics",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...named, status: 503, word: "OriginConnectionRefused", text: sorry, note: "or 502" },
    connection_timeout: { ...named, status: 503, word: "OriginConnectionError", text: sorry },
    connection_terminated: {
      ...named,
      status: 503,
      word: "OriginConnectionAborted",
      text: sorry,
      note: "502 has been seen in public reports",
    },
    http_response_incomplete: {
      ...named,
      status: 503,
      word: "OriginConnectionAborted",
      text: sorry,
      note: "502 has been seen in public reports",
    },
    connection_read_timeout: { ...trouble, status: 503, word: "OriginTimeout", text: sorry, note: "or 504" },
    http_protocol_error: { ...trouble, status: 503, word: "OriginInvalidResponse", text: sorry },
    http_response_header_section_size: { ...named, status: 503, word: "ResponseHeaderTooBig", text: sorry },
    dns_error: { ...named, status: 503, word: "DNSNameNotResolved", text: sorry, note: "or DNSFailure" },
    dns_timeout: { ...named, status: 503, word: "DNSTimeout", text: sorry },
    tls_protocol_error: { ...named, status: 503, word: "SSLHandshakeError", text: sorry, note: "or SSLInvalidCipher" },
    tls_certificate_error: {
      ...trouble,
      status: 503,
      word: "CertificateNameCheckFailed",
      text: sorry,
      note: "the check of the name is on by default; SSLInvalidRootCA or CertificateError for other reasons",
    },
    destination_unavailable: { ...memory, status: 503, text: sorry },
  },
  timers: {
    head: { ...trouble, ms: 30_000, note: "16 to 240 s; 60 s by default with Standard and Premium, from memory" },
    idle: { mark: "derived", source: "trouble", ms: 30_000 },
  },
  page: {
    type: "text/html; charset=utf-8",
    body: "<!DOCTYPE html>\n<html>\n<head><title>{reason}</title></head>\n<body>\n<h2>{text}</h2>\n<p>Azure Front Door, imitated by badgateway</p>\n<p>{ref}</p>\n</body>\n</html>\n",
  },
  // With `X-Azure-DebugInfo: 1` in the request there would be more of them.
  fields: { own: [], every: [{ mark: "documented", source: "fields", name: "X-Azure-Ref", text: "{ref}" }] },
  ids: { ref: "{digits:8}T{digits:6}Z-{hex:32}" },
  log: {
    own: '{"time":"{time}","category":"FrontDoorAccessLog","properties":{"trackingReference":"{ref}","httpMethod":"{method}","requestUri":"http://{host}{target}","clientIp":"{clientHost}","httpStatusCode":"{status}","httpStatusDetails":"{status}","originIp":"{upstream}","timeTaken":"{seconds}","ErrorInfo":"{word}"}}',
    relayed:
      '{"time":"{time}","category":"FrontDoorAccessLog","properties":{"trackingReference":"{ref}","httpMethod":"{method}","requestUri":"http://{host}{target}","clientIp":"{clientHost}","httpStatusCode":"{status}","httpStatusDetails":"{status}","originIp":"{upstream}","timeTaken":"{seconds}","ErrorInfo":"NoError"}}',
    left: { word: "ClientDisconnected" },
  },
  beyond: [
    { ...trouble, status: "-", what: "the client left", word: "ClientDisconnected" },
    { ...named, status: "503", what: "the root of the chain is not trusted", word: "SSLInvalidRootCA" },
    { ...named, status: "503", what: "no common cipher", word: "SSLInvalidCipher" },
    { ...named, status: "503", what: "another mistake in the certificate", word: "CertificateError" },
    { ...named, status: "503", what: "the name server failed", word: "DNSFailure" },
  ],
} satisfies Profile;
