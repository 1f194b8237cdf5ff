import type { Profile } from "../profile.ts";

const types = { mark: "documented", source: "types" } as const;
const limits = { mark: "documented", source: "limits" } as const;
const memory = { mark: "unconfirmed", source: "memory" } as const;

/** The one of all whose 504 does not mean that time ran out. */
export default {
  name: "aws-api-gateway",
  title: "Amazon API Gateway",
  setting: "REST API with an HTTP integration",
  sources: {
    types: {
      title: "Gateway response types for API Gateway",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html",
      date: "2026-11-26",
    },
    limits: {
      title: "Quotas for configuring and running a REST API in API Gateway",
      url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
      date: "2026-11-26",
    },
    memory: { title: "from memory", date: "2026-11-26" },
  },
  answers: {
    connection_refused: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
      note: "that an integration that failed is a 504 is documented; that a refusal counts as one is not",
    },
    connection_timeout: { ...types, status: 504, word: "INTEGRATION_TIMEOUT", text: "Endpoint request timed out" },
    connection_read_timeout: { ...types, status: 504, word: "INTEGRATION_TIMEOUT", text: "Endpoint request timed out" },
    connection_terminated: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
    },
    http_response_incomplete: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
    },
    http_protocol_error: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
      note: "502 has been seen, too",
    },
    tls_protocol_error: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
      note: "500 has been seen, too",
    },
    tls_certificate_error: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
    },
    dns_error: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
    },
    destination_not_found: {
      ...types,
      status: 500,
      word: "API_CONFIGURATION_ERROR",
      text: "Internal server error",
      note: "an endpoint address that is none",
    },
    destination_unavailable: {
      ...memory,
      status: 504,
      word: "INTEGRATION_FAILURE",
      text: "Network error communicating with endpoint",
      note: "knows no health checks",
    },
    connection_limit_reached: { ...types, status: 429, word: "THROTTLED", text: "Too Many Requests" },
  },
  timers: {
    head: { ...limits, ms: 29_000, note: "50 ms to 29 s; regional APIs can have more" },
    total: { ...limits, ms: 29_000, note: "the whole integration" },
  },
  page: { type: "application/json", body: '{"message": "{text}"}' },
  fields: {
    own: [{ ...memory, name: "x-amzn-ErrorType", text: "InternalServerErrorException" }],
    every: [
      { ...memory, name: "x-amzn-RequestId", text: "{request}" },
      { ...memory, name: "x-amz-apigw-id", text: "{id}" },
    ],
  },
  ids: { request: "{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}", id: "{word:15}=" },
  log: {
    own: '{"requestId":"{request}","ip":"{clientHost}","requestTime":"{time}","httpMethod":"{method}","path":"{target}","status":"{status}","error.responseType":"{word}","error.message":"{text}","integrationStatus":"-","responseLength":"{sent}"}',
    relayed:
      '{"requestId":"{request}","ip":"{clientHost}","requestTime":"{time}","httpMethod":"{method}","path":"{target}","status":"{status}","error.responseType":"-","integrationStatus":"{upstreamStatus}","responseLength":"{sent}"}',
  },
  beyond: [
    { ...types, status: "429", what: "a quota is used up", word: "QUOTA_EXCEEDED" },
    { ...types, status: "413", what: "the request is too large", word: "REQUEST_TOO_LARGE" },
    { ...types, status: "403", what: "no such resource or method", word: "MISSING_AUTHENTICATION_TOKEN" },
    { ...types, status: "404", what: "no such resource", word: "RESOURCE_NOT_FOUND" },
    {
      ...types,
      status: "500",
      what: "the integration is configured wrongly, or a mapping does not fit",
      word: "API_CONFIGURATION_ERROR",
    },
    { ...memory, status: "502", what: "a Lambda proxy integration answered something malformed", word: "DEFAULT_5XX" },
    { ...memory, status: "503", what: "an HTTP API (not REST) ran into its 30 s" },
  ],
} satisfies Profile;
