import type { Knowledge } from "../knowledge.ts";

const source = "pkg/proxy/httputil/proxy.go: ComputeStatusCode";

/** What Traefik adds to Go's own words, which stand under Caddy. */
export default {
  proxy: "traefik",
  title: "Traefik",
  kind: "proxy",
  entries: [
    {
      pattern: /502 Bad Gateway.*(?:caused by|error=)|'502 Bad Gateway' caused by/,
      words: "'502 Bad Gateway' caused by",
      meaning:
        "A network error that is no timeout, or an end before the first byte. What follows “caused by” says which.",
      causes: ["connection_refused", "connection_terminated", "dns_error", "tls_alert_received"],
      scenarios: ["crash/refused", "crash/reset-after-request", "dns/nxdomain"],
      source,
    },
    {
      pattern: /504 Gateway Timeout.*(?:caused by|error=)|'504 Gateway Timeout' caused by/,
      words: "'504 Gateway Timeout' caused by",
      meaning: "A network error that is a timeout: of the connect, the response head, or the name server.",
      causes: ["connection_timeout", "connection_read_timeout", "dns_timeout"],
      scenarios: ["slow/connect-black-hole", "slow/never-answers"],
      setting: "serversTransport.forwardingTimeouts: dialTimeout (30 s), responseHeaderTimeout (0, none)",
      source,
    },
    {
      pattern: /500 Internal Server Error.*(?:caused by|error=)|'500 Internal Server Error' caused by/,
      words: "'500 Internal Server Error' caused by",
      meaning:
        "Anything else: a certificate that is not believed, plain HTTP on a TLS port, a response that breaks HTTP or broke off in its head. A 500 here.",
      causes: ["tls_certificate_error", "tls_protocol_error", "http_protocol_error", "http_response_incomplete"],
      scenarios: ["tls/unknown-authority", "tls/plain-http", "malformed/not-http"],
      setting: "serversTransport: rootCAs, serverName, insecureSkipVerify",
      source,
    },
    {
      pattern: /no available server/,
      words: "no available server",
      meaning: "Every server of the service is left out by its health check, or there is none. A 503.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy"],
      setting: "loadBalancer.healthCheck",
      source: "pkg/server/service/loadbalancer/",
    },
  ],
} satisfies Knowledge;
