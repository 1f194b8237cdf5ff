import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const door = "MicrosoftDocs/azure-docs, articles/frontdoor/troubleshoot-issues.md and the access log's field reference";
const gateway = "MicrosoftDocs/azure-docs, articles/application-gateway/application-gateway-troubleshooting-502.md";

const frontDoor: Knowledge = {
  proxy: "azure-front-door",
  title: "Azure Front Door",
  kind: "managed",
  entries: coded(door, [
    {
      code: "OriginTimeout",
      meaning: "The origin did not answer in time: a 503 or 504.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer"],
      setting: "origin response timeout (16 to 240 s)",
    },
    {
      code: "OriginConnectionRefused",
      meaning: "The origin refuses the connection.",
      causes: ["connection_refused"],
      scenarios: ["crash/refused"],
    },
    {
      code: "OriginConnectionAborted",
      meaning: "The origin ended the connection abnormally.",
      causes: ["connection_terminated"],
      scenarios: ["crash/reset-after-request", "crash/close-after-request"],
    },
    {
      code: "OriginConnectionError",
      meaning: "Some other error of the connection to the origin.",
      causes: ["connection_terminated", "connection_timeout"],
      scenarios: ["crash/reset-after-request", "slow/connect-black-hole"],
    },
    {
      code: "OriginInvalidResponse",
      meaning: "The response breaks HTTP.",
      causes: ["http_protocol_error"],
      scenarios: ["malformed/not-http"],
    },
    {
      code: "ResponseHeaderTooBig",
      meaning: "The response head is larger than is taken.",
      causes: ["http_response_header_section_size"],
      scenarios: ["malformed/head-too-large"],
    },
    {
      code: "DNSFailure",
      meaning: "The origin's name could not be resolved.",
      causes: ["dns_error"],
      scenarios: ["dns/servfail", "dns/nxdomain"],
    },
    {
      code: "DNSTimeout",
      meaning: "The name server did not answer.",
      causes: ["dns_timeout"],
      scenarios: ["dns/no-answer"],
    },
    {
      code: "DNSNameNotResolved",
      meaning: "The origin's name has no address.",
      causes: ["dns_error"],
      scenarios: ["dns/nxdomain", "dns/no-address"],
    },
    {
      code: "SSLHandshakeError",
      meaning: "The TLS handshake with the origin failed.",
      causes: ["tls_protocol_error", "tls_alert_received"],
      scenarios: ["tls/handshake-alert", "tls/plain-http"],
    },
    {
      code: "SSLInvalidCipher",
      meaning: "No cipher in common with the origin.",
      causes: ["tls_alert_received"],
      scenarios: ["tls/no-common-cipher"],
    },
    {
      code: "SSLInvalidRootCA",
      meaning: "The origin's certificate is of an authority that is not trusted.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/unknown-authority"],
    },
    {
      code: "CertificateNameCheckFailed",
      meaning: "The origin's certificate is for another name.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/wrong-host"],
      setting: "certificate subject name validation (on), origin host header",
    },
    {
      code: "CertificateError",
      meaning: "The origin's certificate is not believed.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/expired", "tls/self-signed"],
    },
    { code: "ClientDisconnected", meaning: "The client left.", causes: [], scenarios: ["slow/late-answer"] },
  ]),
};

const applicationGateway: Knowledge = {
  proxy: "azure-application-gateway",
  title: "Azure Application Gateway",
  kind: "managed",
  entries: [
    ...coded(gateway, [
      {
        code: "ERRORINFO_UPSTREAM_TIMED_OUT",
        meaning: "The backend did not answer in time: a 502 (v1) or 504 (v2).",
        causes: ["connection_read_timeout", "connection_timeout"],
        scenarios: ["slow/never-answers", "slow/connect-black-hole"],
        setting: "request timeout (20 s)",
        mark: "mem",
      },
      {
        code: "ERRORINFO_UPSTREAM_NO_LIVE",
        meaning: "No member of the pool is healthy, or the pool is empty.",
        causes: ["destination_unavailable"],
        scenarios: ["pool/all-unhealthy", "config/no-upstream"],
        setting: "health probe (30 s, 3 times)",
        mark: "mem",
      },
    ]),
    {
      pattern: /Web server received an invalid response while acting as a gateway or proxy server/,
      words: "502 - Web server received an invalid response while acting as a gateway or proxy server",
      meaning:
        "The page for every 502: a network rule in the way, no healthy member or none at all, a certificate for another name, or (v1) a timeout.",
      causes: ["destination_unavailable", "connection_refused", "connection_timeout", "tls_certificate_error"],
      scenarios: ["pool/all-unhealthy", "crash/refused", "slow/connect-black-hole", "tls/wrong-host"],
      setting: "health probe (30 s, 3 times), NSG, user-defined routes",
      source: `${gateway} (documented)`,
    },
  ],
};

export default [frontDoor, applicationGateway] as const;
