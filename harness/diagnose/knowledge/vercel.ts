import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

/** `x-vercel-error`, for rewrites to an external origin and for functions. */
export default {
  proxy: "vercel",
  title: "Vercel",
  kind: "managed",
  entries: coded("vercel.com/docs/errors", [
    {
      code: "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR",
      meaning: "The target cannot be connected to: a 502.",
      causes: ["connection_refused", "connection_timeout"],
      scenarios: ["crash/refused", "slow/connect-black-hole"],
    },
    {
      code: "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR",
      meaning: "The TLS handshake with the target failed, its certificate included, or took too long: a 502.",
      causes: ["tls_certificate_error", "tls_protocol_error", "connection_timeout"],
      scenarios: ["tls/unknown-authority", "tls/handshake-alert", "tls/stalled-handshake"],
    },
    {
      code: "ROUTER_EXTERNAL_TARGET_ERROR",
      meaning: "The target's answer was bad, or none came within 120 s.",
      causes: ["connection_terminated", "http_protocol_error", "connection_read_timeout"],
      scenarios: ["crash/reset-after-request", "malformed/not-http", "slow/never-answers"],
    },
    {
      code: "DNS_HOSTNAME_NOT_FOUND",
      meaning: "The target's name does not exist.",
      causes: ["dns_error"],
      scenarios: ["dns/nxdomain"],
    },
    {
      code: "DNS_HOSTNAME_RESOLVE_FAILED",
      meaning: "The target's name could not be resolved.",
      causes: ["dns_error", "dns_timeout"],
      scenarios: ["dns/servfail", "dns/no-answer"],
    },
    {
      code: "DNS_HOSTNAME_SERVER_ERROR",
      meaning: "The name server failed.",
      causes: ["dns_error"],
      scenarios: ["dns/servfail"],
    },
    {
      code: "DNS_HOSTNAME_EMPTY",
      meaning: "The target's name has no address.",
      causes: ["dns_error"],
      scenarios: ["dns/no-address"],
    },
    {
      code: "DNS_HOSTNAME_RESOLVED_PRIVATE",
      meaning: "The target's name leads to a private address: a 404.",
      causes: ["destination_ip_prohibited"],
      scenarios: ["dns/dead-address"],
    },
    {
      code: "FUNCTION_INVOCATION_TIMEOUT",
      meaning: "The function did not answer in time: a 504.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers"],
    },
    {
      code: "FUNCTION_INVOCATION_FAILED",
      meaning: "The function crashed: a 500.",
      causes: ["connection_terminated"],
      scenarios: ["crash/process-throws"],
    },
    {
      code: "NO_RESPONSE_FROM_FUNCTION",
      meaning: "The function gave no answer: a 502.",
      causes: ["connection_terminated"],
      scenarios: ["crash/close-after-request"],
    },
    {
      code: "FUNCTION_THROTTLED",
      meaning: "Too many invocations at once: a 503.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/proxy-pool"],
    },
    {
      code: "INFINITE_LOOP_DETECTED",
      meaning: "The request has come back: a 508.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
    },
  ]),
} satisfies Knowledge;
