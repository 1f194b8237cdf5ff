import type { Profile } from "../profile.ts";

const guide = { mark: "documented", source: "guide" } as const;
const follows = { mark: "derived", source: "guide" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** The same fault as with an ALB, an instance that closes early, has another number here: 504. */
export default {
  name: "aws-clb",
  title: "AWS Classic Load Balancer",
  sources: {
    guide: {
      title: "Troubleshoot a Classic Load Balancer: HTTP errors",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/ts-elb-error-message.html",
      date: "2026-11-26",
    },
    idle: {
      title: "Configure the idle connection timeout for your Classic Load Balancer",
      url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: { ...follows, status: 503, note: "an instance that refuses is not healthy" },
    connection_timeout: { ...memory, status: 504 },
    connection_terminated: {
      ...guide,
      status: 504,
      note: "the instance closed the connection: its keep-alive is shorter than the idle timeout",
    },
    http_response_incomplete: { ...follows, status: 504, note: "the instance closed the connection" },
    connection_read_timeout: { ...guide, status: 504, note: "the idle timeout elapsed" },
    http_protocol_error: { ...guide, status: 502, note: "the instance's response could not be parsed" },
    http_response_header_section_size: { ...memory, status: 502 },
    tls_protocol_error: { ...memory, status: 502 },
    destination_not_found: { ...guide, status: 503, note: "no registered instances" },
    destination_unavailable: { ...guide, status: 503, note: "no healthy instances" },
    connection_limit_reached: { ...guide, status: 503, note: "capacity is short" },
    dns_error: { ...follows, status: 503, note: "instances are addresses: without one none is registered" },
  },
  timers: {
    head: { mark: "documented", source: "idle", ms: 60_000, note: "the idle timeout, 1 to 4000 s" },
    idle: { mark: "documented", source: "idle", ms: 60_000, note: "the idle timeout, 1 to 4000 s" },
  },
  trusting: { ...memory, note: "certificates of instances are not verified by default" },
  page: {
    type: "text/html",
    body: "<html><head><title>{status} {reason}</title></head><body>{status} {reason}</body></html>\r\n",
  },
  fields: { own: [], every: [] },
  ids: {},
  log: {
    own: '{time} badgateway {client} {upstream} {requestTime} {targetTime} {responseTime} {status} 0 {received} {sent} "{method} http://{host}{target} HTTP/1.1" "{agent}" - -',
    relayed:
      '{time} badgateway {client} {upstream} {requestTime} {targetTime} {responseTime} {status} {upstreamStatus} {received} {sent} "{method} http://{host}{target} HTTP/1.1" "{agent}" - -',
  },
  beyond: [
    { ...guide, status: "400", what: "the request is malformed" },
    { ...guide, status: "405", what: "the method is longer than 127 characters" },
    { ...guide, status: "408", what: "the client cancelled, or did not send a full request" },
    { ...guide, status: "503", what: "the load balancer's capacity is short" },
    { ...memory, status: "503", what: "the surge queue of 1024 requests is full", word: "SpilloverCount" },
  ],
} satisfies Profile;
