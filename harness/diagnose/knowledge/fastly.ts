import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const source = "fastly.com/documentation/guides/vcl/errors, docs.fastly.com/en/guides/common-503-errors";

/** Reason phrases of Fastly's 503s, which are all that tells them apart; HTTP/2 drops them. */
export default {
  proxy: "fastly",
  title: "Fastly",
  kind: "managed",
  entries: coded(source, [
    {
      code: "Connection refused",
      behind: "\\b503 ",
      meaning: "The origin refuses the connection.",
      causes: ["connection_refused"],
      scenarios: ["crash/refused"],
    },
    {
      code: "Connection timed out",
      behind: "\\b503 ",
      meaning: "The origin did not take the connection in time.",
      causes: ["connection_timeout"],
      scenarios: ["slow/connect-black-hole"],
      setting: "connect_timeout (1 s)",
    },
    {
      code: "first byte timeout",
      meaning: "The origin did not answer in time.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer"],
      setting: "first_byte_timeout (15 s)",
    },
    {
      code: "between bytes timeout",
      meaning: "The body stalled; what had come is taken for the whole.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/stalled-body"],
      setting: "between_bytes_timeout (10 s)",
    },
    {
      code: "backend read error",
      meaning: "Reading from the origin failed, or took too long.",
      causes: ["connection_terminated", "connection_read_timeout"],
      scenarios: ["crash/reset-after-request", "slow/never-answers"],
    },
    {
      code: "backend write error",
      meaning: "Writing to the origin failed.",
      causes: ["connection_terminated", "connection_write_timeout"],
      scenarios: ["crash/reset-during-upload", "slow/unread-upload"],
    },
    {
      code: "Backend is unhealthy",
      meaning: "The origin's health check fails.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/sick-but-answering", "pool/all-unhealthy"],
    },
    {
      code: "All backends failed or unhealthy",
      meaning: "Every origin of the director is out.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy"],
    },
    {
      code: "No healthy backends",
      meaning: "Every origin of the director is out.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy"],
    },
    {
      code: "Backend.max_conn reached",
      meaning: "As many connections to the origin are in use as may be.",
      causes: ["connection_limit_reached"],
      scenarios: ["exhaustion/proxy-pool"],
      setting: "max_conn (200)",
    },
    {
      code: "SSL handshake error",
      meaning: "The TLS handshake with the origin failed.",
      causes: ["tls_protocol_error", "tls_alert_received"],
      scenarios: ["tls/handshake-alert", "tls/plain-http"],
      mark: "mem",
    },
    {
      code: "hostname doesn't match against certificate",
      meaning: "The origin's certificate is for another name.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/wrong-host"],
      setting: "ssl_cert_hostname",
      mark: "mem",
    },
    {
      code: "Loop detected",
      meaning: "The request has come back too often.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
      mark: "mem",
    },
  ]),
} satisfies Knowledge;
