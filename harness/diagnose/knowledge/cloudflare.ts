import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const source = "developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/";

/** The statuses of Cloudflare's own making towards an origin. */
export default {
  proxy: "cloudflare",
  title: "Cloudflare",
  kind: "managed",
  entries: [
    ...coded(source, [
      {
        code: "520",
        meaning:
          "The origin's answer was empty, unknown or unexpected: it crashed, reset the connection, broke HTTP, or sent a head above 128 KB.",
        causes: [
          "connection_terminated",
          "http_protocol_error",
          "http_response_incomplete",
          "http_response_header_section_size",
        ],
        scenarios: [
          "crash/reset-after-request",
          "crash/close-after-request",
          "malformed/not-http",
          "malformed/head-too-large",
        ],
        setting: "keep-alive of the origin above 900 s of the proxy's idle time",
      },
      {
        code: "521",
        meaning:
          "The origin refuses the connection: nobody listens on that port, or a firewall rejects Cloudflare's addresses.",
        causes: ["connection_refused"],
        scenarios: ["crash/refused", "crash/dead-from-the-start"],
        setting: "allow Cloudflare's addresses; SSL mode decides on port 80 or 443",
      },
      {
        code: "522",
        meaning: "The origin did not take the connection within 19 s, or did not acknowledge the request within 90 s.",
        causes: ["connection_timeout"],
        scenarios: ["slow/connect-black-hole", "exhaustion/accept-queue"],
        setting: "firewalls, rate limits and address of the origin",
      },
      {
        code: "523",
        meaning: "No route leads to the origin's address.",
        causes: ["destination_ip_unroutable"],
        scenarios: ["slow/connect-black-hole"],
        setting: "A and AAAA records of the origin",
      },
      {
        code: "524",
        meaning: "Connected, and no answer within 120 s (100 s on older pages).",
        causes: ["connection_read_timeout", "connection_write_timeout"],
        scenarios: ["slow/never-answers", "slow/late-answer", "exhaustion/workers"],
        setting: "proxy read timeout (120 s, Enterprise can raise it)",
      },
      {
        code: "525",
        meaning:
          "The TLS handshake with the origin failed: no certificate for the name, no common version or cipher, no TLS on the port.",
        causes: ["tls_protocol_error", "tls_alert_received", "connection_terminated"],
        scenarios: ["tls/handshake-alert", "tls/plain-http", "tls/close-in-handshake", "tls/unknown-name"],
        setting: "SSL mode Full or Full (strict)",
      },
      {
        code: "526",
        meaning: "The origin's certificate is not believed. In mode Full (strict) only.",
        causes: ["tls_certificate_error"],
        scenarios: ["tls/expired", "tls/self-signed", "tls/unknown-authority", "tls/wrong-host"],
        setting: "SSL mode Full (strict)",
      },
      {
        code: "527",
        meaning: "An error of Railgun, which is retired.",
        causes: ["connection_terminated"],
        scenarios: ["crash/reset-after-request"],
        mark: "mem",
      },
      {
        code: "530",
        meaning:
          "One of the 1xxx errors, which the page names: the origin's name does not resolve (1016), a tunnel has no connector (1033).",
        causes: ["dns_error", "destination_unavailable"],
        scenarios: ["dns/nxdomain"],
        setting: "DNS record of the origin",
      },
      {
        code: "1016",
        meaning: "The origin's name does not resolve; sent as 530.",
        causes: ["dns_error"],
        scenarios: ["dns/nxdomain", "dns/no-address"],
        setting: "DNS record of the origin",
      },
      {
        code: "1033",
        meaning: "The tunnel has no connector; sent as 530.",
        causes: ["destination_unavailable"],
        scenarios: ["pool/all-unhealthy"],
        mark: "mem",
      },
    ]),
    {
      pattern: /cf-error-(?:type|origin):/i,
      words: "cf-error-type: 520",
      meaning: "Cloudflare has made this error page itself; the origin's own errors come without this field.",
      causes: ["connection_terminated", "connection_refused", "connection_timeout"],
      source: `${source} (documented)`,
    },
  ],
} satisfies Knowledge;
