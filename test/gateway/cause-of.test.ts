import { describe, expect, test } from "vitest";
import { type Cause, recommendedStatus } from "../../harness/cause.ts";
import { answerFor } from "../../harness/gateway/answer.ts";
import { type Circumstances, causeOf } from "../../harness/gateway/cause-of.ts";
import { Mishap, TimerRanOut, UpstreamClosed } from "../../harness/gateway/failure.ts";
import { errorMember, isProxyStatus } from "../../harness/gateway/proxy-status.ts";

const exchange: Circumstances = { stage: "exchange", received: 0, headWhole: false };
const begun: Circumstances = { ...exchange, received: 10 };
const inBody: Circumstances = { ...begun, headWhole: true };
const at = (stage: Circumstances["stage"]): Circumstances => ({ ...exchange, stage });

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe("whatever fails becomes the cause that RFC 9209 names", () => {
  const table: readonly (readonly [what: string, error: unknown, Circumstances, Cause])[] = [
    ["resolve timer", new TimerRanOut("resolve", 100), at("resolve"), "dns_timeout"],
    ["connect timer", new TimerRanOut("connect", 100), at("connect"), "connection_timeout"],
    ["tls timer", new TimerRanOut("tls", 100), at("tls"), "connection_timeout"],
    ["send timer", new TimerRanOut("send", 100), exchange, "connection_write_timeout"],
    ["head timer in silence", new TimerRanOut("head", 100), exchange, "connection_read_timeout"],
    ["head timer after a long silence", new TimerRanOut("head", 100, 60), begun, "connection_read_timeout"],
    ["head timer while bytes trickle", new TimerRanOut("head", 100, 40), begun, "http_response_timeout"],
    ["idle timer", new TimerRanOut("idle", 100, 1), inBody, "connection_read_timeout"],
    ["total timer", new TimerRanOut("total", 100), inBody, "http_response_timeout"],
    ["NXDOMAIN", coded("ENOTFOUND"), at("resolve"), "dns_error"],
    ["the resolver's own timeout", coded("ETIMEOUT"), at("resolve"), "dns_timeout"],
    ["the system's resolver at its wits' end", coded("EAI_AGAIN"), at("resolve"), "dns_error"],
    ["a dead name server", coded("ECONNREFUSED"), at("resolve"), "dns_error"],
    ["refused", coded("ECONNREFUSED"), at("connect"), "connection_refused"],
    ["a missing unix socket", coded("ENOENT"), at("connect"), "connection_refused"],
    ["a unix socket we may not open", coded("EACCES"), at("connect"), "connection_refused"],
    ["no route", coded("EHOSTUNREACH"), at("connect"), "destination_ip_unroutable"],
    ["no descriptors left here", coded("EMFILE"), at("connect"), "proxy_internal_error"],
    ["an expired certificate", coded("CERT_HAS_EXPIRED"), at("tls"), "tls_certificate_error"],
    ["a wrong name", coded("ERR_TLS_CERT_ALTNAME_INVALID"), at("tls"), "tls_certificate_error"],
    ["no TLS at all", coded("ERR_SSL_WRONG_VERSION_NUMBER"), at("tls"), "tls_protocol_error"],
    ["an alert", coded("ERR_SSL_X", "ssl3_read_bytes: SSL alert number 40"), at("tls"), "tls_alert_received"],
    ["a late alert", coded("ERR_SSL_X", "SSL alert number 116"), exchange, "tls_alert_received"],
    ["FIN in the handshake", new UpstreamClosed(), at("tls"), "connection_terminated"],
    ["RST in the handshake", coded("ECONNRESET"), at("tls"), "connection_terminated"],
    ["FIN without a byte", new UpstreamClosed(), exchange, "connection_terminated"],
    ["FIN after some bytes", new UpstreamClosed(), begun, "http_response_incomplete"],
    ["RST after some bytes", coded("ECONNRESET"), begun, "connection_terminated"],
    ["RST in the body", coded("ECONNRESET"), inBody, "connection_terminated"],
    ["EPIPE", coded("EPIPE"), exchange, "connection_terminated"],
    ["a parse error in the head", coded("HPE_INVALID_CONSTANT"), begun, "http_protocol_error"],
    ["a parse error in the body", coded("HPE_INVALID_CHUNK_SIZE"), inBody, "http_response_transfer_coding"],
    ["a head too large for Node", coded("HPE_HEADER_OVERFLOW"), begun, "http_response_header_section_size"],
    ["trailers too large for Node", coded("HPE_HEADER_OVERFLOW"), inBody, "http_response_trailer_section_size"],
    ["a mistake of ours", new TypeError("oops"), exchange, "proxy_internal_error"],
    ["no error at all", undefined, exchange, "proxy_internal_error"],
    ["what is known already", new Mishap({ cause: "proxy_loop_detected" }), exchange, "proxy_loop_detected"],
  ];
  test.each(table)("%s", (_what, error, circumstances, cause) => {
    expect(causeOf(error, circumstances).cause).toBe(cause);
  });
});

test.each(Object.entries(recommendedStatus))("%s is answered with %i", (cause, status) => {
  const answer = answerFor({ cause: cause as Cause }, "gw", undefined);
  expect(answer.status).toBe(status);
  expect(answer.fields).toContain(`gw;error=${cause}`);
});

test("what an upstream sent cannot break out of Proxy-Status", () => {
  const member = errorMember("gw", { cause: "http_protocol_error", details: 'a "quote" \\ \r\nSet-Cookie: x \u00e9' });
  expect(member).not.toMatch(/[^\x20-\x7e]/);
  expect(isProxyStatus([member])).toBe(true);
  expect(isProxyStatus(["=broken"])).toBe(false);
});
