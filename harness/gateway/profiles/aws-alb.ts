import type { Profile } from "../profile.ts";

const guide = { mark: "documented", source: "guide" } as const;
const follows = { mark: "derived", source: "guide" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** An Application Load Balancer in front of instances or addresses. */
export default {
  name: "aws-alb",
  title: "AWS Application Load Balancer",
  sources: {
    guide: {
      title: "Troubleshoot your Application Load Balancers",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...guide, status: 502, note: "a RST from the target while connecting" },
    destination_ip_unroutable: { ...guide, status: 502, note: "ICMP host unreachable" },
    connection_timeout: { ...guide, status: 504, note: "after 10 s; a security group or ACL that blocks, too" },
    tls_timeout: {
      ...guide,
      status: 504,
      note: "after 10 s; an older edition of the same page had it under 502",
    },
    connection_terminated: {
      ...guide,
      status: 502,
      note: "RST or FIN while a request is outstanding: the target's keep-alive must exceed the idle timeout",
    },
    http_response_incomplete: { ...guide, status: 502, note: "a FIN while the request is outstanding" },
    connection_read_timeout: { ...guide, status: 504, note: "nothing before the idle timeout" },
    http_protocol_error: { ...guide, status: 502, note: "malformed, or with invalid header fields" },
    http_response_header_section_size: { ...guide, status: 502, note: "more than 32 K" },
    tls_protocol_error: { ...guide, status: 502 },
    tls_alert_received: { ...follows, status: 502, note: "a TLS handshake error" },
    destination_not_found: { ...guide, status: 503, note: "the target group has no registered targets" },
    destination_unavailable: { ...guide, status: 503, note: "all targets are in state unused" },
    dns_error: { ...follows, status: 503, note: "targets are addresses: without one there is no registered target" },
  },
  timers: {
    connect: { ...guide, ms: 10_000, note: "fixed" },
    tls: { ...guide, ms: 10_000, note: "fixed" },
    head: { ...guide, ms: 60_000, note: "the idle timeout, 1 to 4000 s" },
    idle: { ...guide, ms: 60_000, note: "the idle timeout, 1 to 4000 s" },
  },
  allDown: { ...guide, does: "route", note: "fail-open: with unhealthy targets alone it routes to all of them" },
  trusting: { ...memory, note: "certificates of HTTPS targets are not validated" },
  stalled: {
    ...guide,
    does: "answer",
    note: "a Content-Length larger than what comes: it waits for the missing bytes until the idle timeout, then 504",
  },
  headLimit: { ...guide, octets: 32 * 1024 },
  page: {
    type: "text/html",
    body: "<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n</body>\r\n</html>\r\n",
  },
  fields: { own: [{ ...memory, name: "Server", text: "awselb/2.0" }], every: [] },
  ids: { trace: "1-{hex:8}-{hex:24}", balancer: "app/badgateway/{hex:16}" },
  log: {
    own: 'http {time} {balancer} {client} {upstream} {requestTime} {targetTime} {responseTime} {status} - {received} {sent} "{method} http://{host}{target} HTTP/1.1" "{agent}" - - arn:aws:elasticloadbalancing:local:0:targetgroup/badgateway "Root={trace}" "-" "-" 0 {time} "forward" "-" "-" "{upstream}" "-" "-" "-"',
    relayed:
      'http {time} {balancer} {client} {upstream} {requestTime} {targetTime} {responseTime} {status} {upstreamStatus} {received} {sent} "{method} http://{host}{target} HTTP/1.1" "{agent}" - - arn:aws:elasticloadbalancing:local:0:targetgroup/badgateway "Root={trace}" "-" "-" 0 {time} "forward" "-" "-" "{upstream}" "{upstreamStatus}" "-" "-"',
    left: { status: "460" },
  },
  beyond: [
    { ...guide, status: "400", what: "the request is malformed, or its head larger than 64 K" },
    { ...guide, status: "408", what: "the client sent no data before the idle timeout" },
    { ...guide, status: "413", what: "a Lambda target gets no body of more than 1 MB" },
    { ...guide, status: "414", what: "the URL or its query is too long" },
    { ...guide, status: "460", what: "the client left before the idle timeout, and the target had not answered" },
    { ...guide, status: "463", what: "X-Forwarded-For holds more than 30 addresses" },
    { ...guide, status: "464", what: "the client's protocol does not fit the target group's protocol version" },
    { ...guide, status: "500", what: "an error of the WAF, or the identity provider is not to be reached in 5 s" },
    { ...guide, status: "501", what: "a request with a transfer coding other than chunked or identity" },
    {
      ...guide,
      status: "502",
      what: "a Lambda target failed, was throttled, ran into its timeout or answered more than 1 MB",
    },
    { ...guide, status: "502", what: "the deregistration delay of the target elapsed" },
    { ...guide, status: "504", what: "connecting to a Lambda target took too long" },
    { ...guide, status: "505", what: "an unexpected version of HTTP" },
    { ...guide, status: "507", what: "the URL of a redirect is too long" },
    { ...guide, status: "561", what: "the identity provider answered with an error" },
    {
      ...guide,
      status: "000",
      what: "in the log alone: one compressed HTTP/2 field of more than 8 K, answered with GOAWAY",
    },
  ],
} satisfies Profile;
