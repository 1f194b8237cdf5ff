import { describe, expect, test } from "vitest";
import type { Mark } from "../../harness/dialect.ts";
import type { Occasion } from "../../harness/gateway/profile.ts";
import { answerOf } from "../../harness/gateway/profile-answer.ts";
import { loadProfiles } from "../../harness/gateway/profile-catalogue.ts";
import type { TimerName } from "../../harness/plan.ts";

const profiles = new Map((await loadProfiles()).map((profile) => [profile.name, profile]));

/** What the vendors say of failures of an upstream, written down apart from the profiles that must say the same. */
type Row = readonly [profile: string, fault: Occasion, status: number, mark: Mark, words?: string];

const doc = "documented";
const der = "derived";
const mem = "unconfirmed";

const rows: readonly Row[] = [
  ["aws-alb", "connection_refused", 502, doc],
  ["aws-alb", "destination_ip_unroutable", 502, doc],
  ["aws-alb", "connection_terminated", 502, doc],
  ["aws-alb", "http_protocol_error", 502, doc],
  ["aws-alb", "http_response_header_section_size", 502, doc],
  ["aws-alb", "tls_protocol_error", 502, doc],
  ["aws-alb", "destination_not_found", 503, doc],
  ["aws-alb", "connection_timeout", 504, doc],
  ["aws-alb", "connection_read_timeout", 504, doc],
  ["aws-alb", "tls_timeout", 504, doc],

  ["aws-clb", "connection_refused", 503, der],
  ["aws-clb", "connection_timeout", 504, mem],
  ["aws-clb", "http_protocol_error", 502, doc],
  ["aws-clb", "http_response_header_section_size", 502, mem],
  ["aws-clb", "destination_not_found", 503, doc],
  ["aws-clb", "destination_unavailable", 503, doc],
  ["aws-clb", "connection_limit_reached", 503, doc],
  ["aws-clb", "connection_read_timeout", 504, doc],
  ["aws-clb", "connection_terminated", 504, doc],
  ["aws-clb", "tls_protocol_error", 502, mem],

  ["cloudfront", "connection_refused", 502, doc, "OriginConnectError"],
  ["cloudfront", "connection_timeout", 504, doc, "OriginCommError"],
  ["cloudfront", "connection_read_timeout", 504, doc, "OriginCommError"],
  ["cloudfront", "tls_certificate_error", 502, doc, "OriginConnectError"],
  ["cloudfront", "tls_protocol_error", 502, doc, "OriginConnectError"],
  ["cloudfront", "dns_error", 502, doc, "OriginDnsError"],
  ["cloudfront", "http_protocol_error", 502, der, "OriginInvalidResponseError"],
  ["cloudfront", "http_response_header_section_size", 502, der, "OriginHeaderTooBigError"],
  ["cloudfront", "connection_terminated", 502, der, "OriginZeroSizeObjectError"],
  ["cloudfront", "http_response_incomplete", 502, der, "OriginReadError"],
  ["cloudfront", "connection_write_timeout", 502, der, "OriginWriteError"],
  ["cloudfront", "connection_limit_reached", 503, doc, "CapacityExceeded"],

  ["aws-api-gateway", "connection_read_timeout", 504, doc, "INTEGRATION_TIMEOUT"],
  ["aws-api-gateway", "connection_timeout", 504, doc, "INTEGRATION_TIMEOUT"],
  ["aws-api-gateway", "connection_refused", 504, mem, "INTEGRATION_FAILURE"],
  ["aws-api-gateway", "connection_terminated", 504, mem, "INTEGRATION_FAILURE"],
  ["aws-api-gateway", "tls_certificate_error", 504, mem, "INTEGRATION_FAILURE"],
  ["aws-api-gateway", "dns_error", 504, mem, "INTEGRATION_FAILURE"],
  ["aws-api-gateway", "destination_not_found", 500, doc, "API_CONFIGURATION_ERROR"],
  ["aws-api-gateway", "connection_limit_reached", 429, doc, "THROTTLED"],

  ["cloudflare", "connection_terminated", 520, der, "520"],
  ["cloudflare", "http_response_incomplete", 520, doc, "520"],
  ["cloudflare", "http_protocol_error", 520, doc, "520"],
  ["cloudflare", "http_response_header_section_size", 520, doc, "520"],
  ["cloudflare", "connection_refused", 521, doc, "521"],
  ["cloudflare", "connection_timeout", 522, doc, "522"],
  ["cloudflare", "destination_ip_unroutable", 523, doc, "523"],
  ["cloudflare", "connection_read_timeout", 524, doc, "524"],
  ["cloudflare", "connection_write_timeout", 524, doc, "524"],
  ["cloudflare", "tls_protocol_error", 525, doc, "525"],
  ["cloudflare", "tls_timeout", 525, der, "525"],
  ["cloudflare", "tls_certificate_error", 526, doc, "526"],
  ["cloudflare", "dns_error", 530, doc, "1016"],
  ["cloudflare", "http_response_content_coding", 502, doc, "502"],
  ["cloudflare", "destination_unavailable", 503, mem, "503"],

  ["fastly", "connection_refused", 503, doc, "Connection refused"],
  ["fastly", "connection_timeout", 503, doc, "Connection timed out"],
  ["fastly", "connection_read_timeout", 503, doc, "first byte timeout"],
  ["fastly", "connection_terminated", 503, doc, "backend read error"],
  ["fastly", "connection_write_timeout", 503, doc, "backend write error"],
  ["fastly", "destination_unavailable", 503, doc, "No healthy backends"],
  ["fastly", "destination_not_found", 503, der, "All backends failed or unhealthy"],
  ["fastly", "connection_limit_reached", 503, doc, "Backend.max_conn reached"],
  ["fastly", "tls_protocol_error", 503, mem, "SSL handshake error"],
  ["fastly", "tls_certificate_error", 503, mem, "unable to get local issuer certificate"],
  ["fastly", "dns_error", 503, mem, "backend is unhealthy"],
  ["fastly", "http_protocol_error", 503, doc, "Service Unavailable"],
  ["fastly", "proxy_loop_detected", 503, mem, "Loop detected"],

  ["gcp-lb", "connection_refused", 502, doc, "failed_to_connect_to_backend"],
  ["gcp-lb", "connection_timeout", 502, doc, "failed_to_connect_to_backend"],
  ["gcp-lb", "destination_unavailable", 502, doc, "failed_to_pick_backend"],
  ["gcp-lb", "connection_read_timeout", 502, doc, "backend_timeout"],
  ["gcp-lb", "connection_terminated", 502, doc, "backend_connection_closed_before_data_sent_to_client"],
  ["gcp-lb", "http_response_transfer_coding", 502, doc, "backend_response_corrupted"],
  ["gcp-lb", "http_response_header_section_size", 502, doc, "backend_response_headers_too_long"],
  ["gcp-lb", "http_response_content_coding", 502, doc, "error_uncompressing_gzipped_body"],
  ["gcp-lb", "tls_protocol_error", 502, der, "failed_to_negotiate_alpn"],
  ["gcp-lb", "tls_certificate_error", 502, doc, "ssl_certificate_chain_verification_failed"],
  ["gcp-lb", "proxy_loop_detected", 502, doc, "request_loop_detected"],
  ["gcp-lb-regional", "connection_refused", 503, doc, "failed_to_connect_to_backend"],
  ["gcp-lb-regional", "destination_unavailable", 503, doc, "failed_to_pick_backend"],
  ["gcp-lb-regional", "connection_read_timeout", 504, der, "backend_timeout"],

  ["azure-app-gateway", "connection_read_timeout", 504, doc, "ERRORINFO_UPSTREAM_TIMED_OUT"],
  ["azure-app-gateway-v1", "connection_read_timeout", 502, doc],
  ["azure-app-gateway", "connection_refused", 502, doc],
  ["azure-app-gateway", "connection_timeout", 502, doc],
  ["azure-app-gateway", "dns_error", 502, doc],
  ["azure-app-gateway", "destination_unavailable", 502, doc, "ERRORINFO_UPSTREAM_NO_LIVE"],
  ["azure-app-gateway", "destination_not_found", 502, doc],
  ["azure-app-gateway", "tls_certificate_error", 502, doc],
  ["azure-app-gateway", "http_response_header_section_size", 502, mem],

  ["azure-front-door", "connection_read_timeout", 503, doc, "OriginTimeout"],
  ["azure-front-door", "connection_refused", 503, der, "OriginConnectionRefused"],
  ["azure-front-door", "connection_terminated", 503, der, "OriginConnectionAborted"],
  ["azure-front-door", "connection_timeout", 503, der, "OriginConnectionError"],
  ["azure-front-door", "http_protocol_error", 503, doc, "OriginInvalidResponse"],
  ["azure-front-door", "http_response_header_section_size", 503, der, "ResponseHeaderTooBig"],
  ["azure-front-door", "dns_error", 503, der, "DNSNameNotResolved"],
  ["azure-front-door", "dns_timeout", 503, der, "DNSTimeout"],
  ["azure-front-door", "tls_protocol_error", 503, der, "SSLHandshakeError"],
  ["azure-front-door", "tls_certificate_error", 503, doc, "CertificateNameCheckFailed"],
  ["azure-front-door", "destination_unavailable", 503, mem],

  ["akamai", "connection_timeout", 504, mem, "ERR_CONNECT_TIMEOUT"],
  ["akamai", "connection_read_timeout", 504, mem, "ERR_READ_TIMEOUT"],
  ["akamai", "connection_refused", 503, mem, "ERR_CONNECT_FAIL"],
  ["akamai", "dns_error", 503, mem, "ERR_DNS_FAIL"],
  ["akamai", "tls_protocol_error", 503, mem, "ERR_ORIGIN_SSL"],

  ["heroku", "connection_read_timeout", 503, doc, "H12"],
  ["heroku", "connection_terminated", 503, doc, "H13"],
  ["heroku", "destination_unavailable", 503, doc, "H14"],
  ["heroku", "http_protocol_error", 503, doc, "H17"],
  ["heroku", "connection_timeout", 503, doc, "H19"],
  ["heroku", "connection_refused", 503, doc, "H21"],
  ["heroku", "connection_limit_reached", 503, doc, "H22"],
  ["heroku", "http_response_header_section_size", 502, doc, "H25"],
  ["heroku", "length_conflict", 502, doc, "H25"],

  ["vercel", "connection_refused", 502, doc, "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR"],
  ["vercel", "connection_timeout", 502, doc, "ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR"],
  ["vercel", "tls_protocol_error", 502, doc, "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR"],
  ["vercel", "tls_certificate_error", 502, doc, "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR"],
  ["vercel", "tls_timeout", 502, doc, "ROUTER_EXTERNAL_TARGET_HANDSHAKE_ERROR"],
  ["vercel", "http_protocol_error", 502, doc, "ROUTER_EXTERNAL_TARGET_ERROR"],
  ["vercel", "connection_read_timeout", 504, mem, "ROUTER_EXTERNAL_TARGET_ERROR"],
  ["vercel", "dns_error", 502, doc, "DNS_HOSTNAME_NOT_FOUND"],
  ["vercel", "dns_timeout", 502, der, "DNS_HOSTNAME_SERVER_ERROR"],
  ["vercel", "destination_ip_prohibited", 404, doc, "DNS_HOSTNAME_RESOLVED_PRIVATE"],
  ["vercel", "proxy_loop_detected", 508, doc, "INFINITE_LOOP_DETECTED"],

  ["netlify", "connection_read_timeout", 504, mem],
];

const table = rows.map(([name, fault, status, mark, words]) => ({ name, fault, status, mark, words }));

test.each(table)("$name answers $fault with $status, $mark", ({ name, fault, status, mark, words }) => {
  const profile = profiles.get(name);
  if (!profile) throw new Error(`there is no profile ${name}`);
  const answer = answerOf(profile, fault);
  expect(answer).toMatchObject({ status, mark });
  expect(answer.like).toBeUndefined();
  if (words !== undefined) expect([answer.word, answer.reason]).toContain(words);
});

describe("beside its answers to causes", () => {
  const timers: readonly (readonly [string, TimerName, number])[] = [
    ["aws-alb", "connect", 10],
    ["aws-alb", "tls", 10],
    ["aws-alb", "head", 60],
    ["aws-clb", "head", 60],
    ["cloudfront", "connect", 10],
    ["cloudfront", "head", 30],
    ["cloudfront", "idle", 30],
    ["aws-api-gateway", "head", 29],
    ["cloudflare", "connect", 19],
    ["cloudflare", "send", 30],
    ["cloudflare", "head", 120],
    ["cloudflare", "idle", 900],
    ["fastly", "connect", 1],
    ["fastly", "head", 15],
    ["fastly", "idle", 10],
    ["gcp-lb", "head", 30],
    ["azure-app-gateway", "head", 20],
    ["azure-front-door", "head", 30],
    ["heroku", "connect", 5],
    ["heroku", "head", 30],
    ["heroku", "idle", 55],
    ["vercel", "head", 120],
  ];
  test.each(timers)("%s has a %s timer of %i s", (name, timer, seconds) => {
    expect(profiles.get(name)?.timers[timer]?.ms).toBe(seconds * 1000);
  });

  test("each has its policy where the vendor states one", () => {
    expect(profiles.get("aws-alb")?.allDown).toMatchObject({ does: "route", mark: doc });
    expect(profiles.get("aws-alb")?.stalled).toMatchObject({ does: "answer", mark: doc });
    expect(profiles.get("aws-alb")?.trusting).toMatchObject({ mark: mem });
    expect(profiles.get("cloudflare")?.replaces).toMatchObject({ statuses: [502, 504], mark: doc });
    expect(profiles.get("cloudflare-full")?.trusting).toMatchObject({ mark: doc });
    expect(profiles.get("cloudfront")?.tries).toMatchObject({ most: 3, at: "any", mark: doc });
    expect(profiles.get("fastly")?.stalled).toMatchObject({ does: "complete", mark: doc });
    expect(profiles.get("heroku")).toMatchObject({ stalled: { word: "H15" }, broken: { word: "H18" } });
    expect(profiles.get("gcp-lb")?.broken?.word).toBe("backend_connection_closed_after_partial_response_sent");
    expect(profiles.get("cloudfront")?.broken).toMatchObject({ does: "cut", mark: doc });
    expect(profiles.get("heroku")?.wantsReason).toMatchObject({ mark: doc });
    expect(profiles.get("azure-app-gateway")?.tries).toMatchObject({ after: ["silence"], at: "others", mark: doc });
  });

  const beyond: readonly (readonly [string, string])[] = [
    ["aws-alb", "460"],
    ["aws-alb", "463"],
    ["aws-alb", "464"],
    ["aws-alb", "561"],
    ["aws-alb", "000"],
    ["cloudflare", "527"],
    ["azure-app-gateway", "499"],
    ["heroku", "H10"],
    ["heroku", "H99"],
    ["vercel", "FUNCTION_INVOCATION_TIMEOUT"],
    ["aws-api-gateway", "QUOTA_EXCEEDED"],
    ["gcp-lb", "client_disconnected_before_any_response"],
    ["azure-front-door", "ClientDisconnected"],
  ];
  test.each(beyond)("%s knows %s, which no upstream can cause", (name, code) => {
    const known = profiles.get(name)?.beyond.flatMap(({ status, word }) => [status, word]);
    expect(known).toContain(code);
  });
});
