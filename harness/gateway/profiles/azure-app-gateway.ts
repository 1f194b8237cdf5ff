import type { Profile } from "../profile.ts";

const trouble = { mark: "documented", source: "trouble" } as const;
const codes = { mark: "documented", source: "codes" } as const;
const follows = { mark: "derived", source: "trouble" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

const page =
  "<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n<p>{text}</p>\r\n<hr><center>Microsoft-Azure-Application-Gateway/{version}</center>\r\n</body>\r\n</html>\r\n";

const invalid = "Web server received an invalid response while acting as a gateway or proxy server.";

/** Second generation. */
const v2 = {
  name: "azure-app-gateway",
  title: "Azure Application Gateway",
  setting: "v2",
  sources: {
    trouble: {
      title: "Troubleshooting bad gateway errors in Application Gateway",
      url: "https://learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502",
      date: "2026-11-26",
    },
    codes: {
      title: "HTTP response codes in Application Gateway",
      url: "https://learn.microsoft.com/azure/application-gateway/http-response-codes",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: {
      ...trouble,
      status: 502,
      text: invalid,
      note: "a group, a route or DNS keeps it from the backend",
    },
    connection_timeout: {
      ...trouble,
      status: 502,
      text: invalid,
      note: "a group or a route that blocks; 504 has been seen with v2, too",
    },
    connection_read_timeout: {
      ...codes,
      status: 504,
      text: "The upstream did not answer in time.",
      word: "ERRORINFO_UPSTREAM_TIMED_OUT",
      note: "after a second member of the pool has been tried; the word is from memory",
    },
    connection_terminated: { ...follows, status: 502, text: invalid },
    http_response_incomplete: { ...follows, status: 502, text: invalid },
    http_protocol_error: { ...follows, status: 502, text: invalid },
    http_response_header_section_size: { ...memory, status: 502, text: invalid },
    tls_protocol_error: { ...follows, status: 502, text: invalid },
    tls_certificate_error: {
      ...trouble,
      status: 502,
      text: "Upstream SSL certificate does not match",
      note: "the certificate's name does not match",
    },
    dns_error: { ...trouble, status: 502, text: invalid },
    destination_unavailable: {
      ...trouble,
      status: 502,
      text: invalid,
      word: "ERRORINFO_UPSTREAM_NO_LIVE",
      note: "the probe fails for every member; the word is from memory",
    },
    destination_not_found: { ...trouble, status: 502, text: invalid, note: "the pool is empty" },
  },
  timers: {
    head: { ...trouble, ms: 20_000, note: "the request timeout of the backend settings" },
    idle: { ...follows, ms: 20_000 },
  },
  tries: {
    ...trouble,
    most: 2,
    after: ["silence"],
    at: "others",
    note: "after a response timeout a second member of the pool is tried",
  },
  page: { type: "text/html", body: page.replace("{version}", "v2") },
  fields: { own: [{ ...memory, name: "Server", text: "Microsoft-Azure-Application-Gateway/v2" }], every: [] },
  ids: { transaction: "{hex:32}" },
  log: {
    own: '{"timeStamp":"{time}","operationName":"ApplicationGatewayAccess","properties":{"clientIP":"{clientHost}","httpMethod":"{method}","requestUri":"{target}","httpStatus":{status},"sentBytes":{sent},"timeTaken":{seconds},"transactionId":"{transaction}","serverRouted":"{upstream}","serverStatus":"-","error_info":"{word}"}}',
    relayed:
      '{"timeStamp":"{time}","operationName":"ApplicationGatewayAccess","properties":{"clientIP":"{clientHost}","httpMethod":"{method}","requestUri":"{target}","httpStatus":{status},"sentBytes":{sent},"timeTaken":{seconds},"transactionId":"{transaction}","serverRouted":"{upstream}","serverStatus":"{upstreamStatus}","error_info":"-"}}',
    left: { status: "499" },
  },
  beyond: [
    { ...codes, status: "499", what: "the client closed early" },
    { ...codes, status: "408", what: "the client was idle for 60 s" },
  ],
} satisfies Profile;

const { tries: _, ...once } = v2;

/** First generation: a response timeout is a 502 there, and nothing is tried again. */
const v1 = {
  ...once,
  name: "azure-app-gateway-v1",
  setting: "v1",
  answers: {
    ...v2.answers,
    connection_timeout: { ...trouble, status: 502, text: invalid, note: "a group or a route that blocks" },
    connection_read_timeout: { ...codes, status: 502, text: invalid, note: "a 504 in v2" },
  },
  page: { type: "text/html", body: page.replace("{version}", "v1") },
  fields: { own: [{ ...memory, name: "Server", text: "Microsoft-IIS/10.0" }], every: [] },
  log: { ...v2.log, left: { status: "0" } },
  beyond: [
    { ...codes, status: "0", what: "in the log alone: the client closed early" },
    { ...codes, status: "408", what: "the client was idle for 60 s" },
  ],
} satisfies Profile;

export default [v2, v1];
