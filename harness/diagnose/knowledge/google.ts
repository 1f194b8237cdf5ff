import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const source = "cloud.google.com/load-balancing/docs/https/https-logging-monitoring";

/** `statusDetails` in the log of Google's load balancers. */
export default {
  proxy: "gcp-lb",
  title: "Google Cloud Application Load Balancer",
  kind: "managed",
  entries: coded(source, [
    {
      code: "failed_to_connect_to_backend",
      meaning:
        "The connection to the backend failed, or was not made in time: a 502 (classic, global) or 503 (regional).",
      causes: ["connection_refused", "connection_timeout"],
      scenarios: ["crash/refused", "slow/connect-black-hole"],
      setting: "firewall rule for the balancer's ranges",
    },
    {
      code: "failed_to_pick_backend",
      meaning: "No healthy backend.",
      causes: ["destination_unavailable"],
      scenarios: ["pool/all-unhealthy", "pool/sick-but-answering"],
      setting: "health check, and the firewall rule for its ranges",
    },
    {
      code: "backend_timeout",
      meaning: "The backend did not answer in time: a 502 with the classic balancer, a 504 with those made of Envoy.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers", "slow/late-answer"],
      setting: "timeout of the backend service (30 s)",
    },
    {
      code: "backend_connection_closed_before_data_sent_to_client",
      meaning: "The backend closed before a response could be passed on: a crash, or a keep-alive race.",
      causes: ["connection_terminated"],
      scenarios: ["crash/stale-keep-alive-post", "crash/close-after-request", "crash/reset-after-request"],
      setting: "keep-alive of the backend above 600 s (620 s, say)",
    },
    {
      code: "backend_connection_closed_after_partial_response_sent",
      meaning: "The backend closed in the middle of the response.",
      causes: ["http_response_incomplete", "connection_terminated"],
      scenarios: ["crash/close-mid-body", "crash/reset-mid-body"],
    },
    {
      code: "backend_response_corrupted",
      meaning: "The chunked coding of the body is broken, or the body otherwise.",
      causes: ["http_response_transfer_coding"],
      scenarios: ["malformed/chunk-size-not-hex", "malformed/late-bad-chunk"],
    },
    {
      code: "backend_response_headers_too_long",
      meaning: "The response head is larger than is taken.",
      causes: ["http_response_header_section_size"],
      scenarios: ["malformed/head-too-large"],
    },
    {
      code: "backend_early_response_with_non_error_status",
      meaning: "The backend answered 1xx or 2xx before it had read the whole request.",
      causes: ["http_protocol_error"],
      scenarios: ["crash/early-refusal"],
    },
    {
      code: "aborted_request_due_to_backend_early_response",
      meaning: "The backend refused the request before it had read all of it; its answer was relayed.",
      causes: [],
      scenarios: ["crash/early-refusal"],
    },
    {
      code: "backend_interim_response_not_supported",
      meaning: "The backend sent a 1xx where none is taken.",
      causes: ["http_protocol_error"],
      scenarios: ["crash/only-interim", "malformed/endless-interim"],
    },
    {
      code: "error_uncompressing_gzipped_body",
      meaning: "The content is called gzip, and is none.",
      causes: ["http_response_content_coding"],
      scenarios: ["malformed/broken-gzip"],
    },
    {
      code: "failed_to_negotiate_alpn",
      meaning: "Balancer and backend have no protocol in common.",
      causes: ["tls_protocol_error", "tls_alert_received"],
      scenarios: ["tls/handshake-alert"],
      setting: "protocol of the backend service",
    },
    {
      code: "ssl_certificate_chain_verification_failed",
      meaning: "The backend's certificate is of an authority that is not trusted, or its chain has a gap.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/unknown-authority", "tls/incomplete-chain"],
    },
    {
      code: "ssl_certificate_san_verification_failed",
      meaning: "The backend's certificate is for another name.",
      causes: ["tls_certificate_error"],
      scenarios: ["tls/wrong-host"],
    },
    {
      code: "request_loop_detected",
      meaning: "The request has come back to the balancer.",
      causes: ["proxy_loop_detected"],
      scenarios: ["config/loop"],
    },
    {
      code: "client_disconnected_before_any_response",
      meaning: "The client left before an answer.",
      causes: [],
      scenarios: ["slow/late-answer"],
    },
    {
      code: "client_timed_out",
      behind: "statusDetails\\W{1,4}",
      meaning: "The client fell silent.",
      causes: [],
      scenarios: ["control/healthy"],
    },
    {
      code: "response_sent_by_backend",
      meaning: "The backend answered: the status is its own.",
      causes: [],
      scenarios: ["control/own-502", "control/own-503"],
    },
    {
      code: "config_not_found",
      meaning: "The balancer has no configuration for the request, or not yet.",
      causes: ["destination_not_found"],
      scenarios: ["config/no-upstream"],
    },
    {
      code: "internal_error",
      behind: "statusDetails\\W{1,4}",
      meaning: "The balancer itself failed.",
      causes: ["proxy_internal_error"],
      scenarios: ["control/own-503"],
    },
    {
      code: "headers_too_long",
      meaning: "The request's head is too large.",
      causes: ["http_request_error"],
      scenarios: ["malformed/head-too-large"],
    },
  ]),
} satisfies Knowledge;
