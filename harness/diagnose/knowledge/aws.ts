import type { Knowledge } from "../knowledge.ts";
import { coded } from "../managed-entry.ts";

const alb = "docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html";
const cloudfront = "docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html";
const apiGateway = "docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html";

const balancer: Knowledge = {
  proxy: "aws-alb",
  title: "AWS Application Load Balancer",
  kind: "managed",
  entries: [
    {
      pattern: /\b502 - \d+ \d+ "|elb_status_code=502/,
      words: "elb_status_code=502 target_status_code=-",
      meaning:
        "The balancer's own 502: the target reset the connection or closed it with a request outstanding (its keep-alive must outlast the balancer's idle timeout of 60 s), its response broke HTTP or had a head above 32 K, or the TLS handshake failed.",
      causes: [
        "connection_terminated",
        "connection_refused",
        "http_protocol_error",
        "http_response_header_section_size",
        "tls_protocol_error",
      ],
      scenarios: ["crash/stale-keep-alive-post", "crash/reset-after-request", "crash/refused", "malformed/not-http"],
      setting: "idle timeout of the balancer (60 s); keep-alive of the target above it",
      source: `${alb} (documented)`,
    },
    {
      pattern: /\b504 - \d+ \d+ "|elb_status_code=504/,
      words: "elb_status_code=504 target_status_code=-",
      meaning:
        "The balancer's own 504: no connection within 10 s, no answer within the idle timeout, a TLS handshake that took 10 s, or a body shorter than its Content-Length.",
      causes: ["connection_timeout", "connection_read_timeout", "http_response_incomplete"],
      scenarios: ["slow/connect-black-hole", "slow/never-answers", "tls/stalled-handshake", "slow/stalled-body"],
      setting: "idle timeout (60 s); security groups, network ACLs",
      source: `${alb} (documented)`,
    },
    {
      pattern: /\b503 - \d+ \d+ "|elb_status_code=503/,
      words: "elb_status_code=503 target_status_code=-",
      meaning:
        "The target group has no registered target, or all are unused. Not that all are unhealthy: then the balancer tries them all the same.",
      causes: ["destination_unavailable"],
      scenarios: ["config/no-upstream", "pool/all-unhealthy"],
      setting: "targets of the group, availability zones",
      source: `${alb} (documented)`,
    },
    {
      pattern: /elb_status_code=50\d target_status_code=50\d|\b(50[0-4]) \1 \d+ \d+ "/,
      words: "elb_status_code=502 target_status_code=502",
      meaning: "The status is the target's own: the balancer has relayed it.",
      causes: [],
      scenarios: ["control/own-502", "control/own-503", "control/own-504"],
      source: `${alb} (documented)`,
    },
    ...coded(alb, [
      {
        code: "460",
        meaning:
          "The client closed the connection before the target had answered: nobody upstream failed, unless by being slow.",
        causes: [],
        scenarios: ["slow/late-answer"],
      },
      {
        code: "463",
        meaning: "X-Forwarded-For of the request has more than 30 addresses: a loop of proxies, as a rule.",
        causes: ["http_request_error", "proxy_loop_detected"],
        scenarios: ["config/loop"],
      },
      {
        code: "464",
        meaning:
          "The client's protocol does not fit the protocol version of the target group (HTTP/1.1, HTTP/2, gRPC).",
        causes: ["http_request_error", "proxy_configuration_error"],
        scenarios: ["malformed/http2-frames"],
        setting: "protocol version of the target group",
      },
      {
        code: "561",
        meaning: "The identity provider answered with an error while the balancer authenticated a user.",
        causes: ["proxy_configuration_error"],
        scenarios: ["control/own-500"],
        setting: "authentication action of the listener",
      },
    ]),
  ],
};

const contentDelivery: Knowledge = {
  proxy: "cloudfront",
  title: "Amazon CloudFront",
  kind: "managed",
  entries: [
    ...coded(cloudfront, [
      {
        code: "OriginConnectError",
        meaning: "The origin refused the connection, did not take it in time, or the TLS handshake failed.",
        causes: ["connection_refused", "connection_timeout", "tls_certificate_error"],
        scenarios: ["crash/refused", "slow/connect-black-hole", "tls/unknown-authority"],
        setting: "connection attempts (3), connection timeout (10 s)",
      },
      {
        code: "OriginCommError",
        meaning: "The origin did not answer in time, or fell silent between two packets.",
        causes: ["connection_read_timeout", "connection_timeout"],
        scenarios: ["slow/never-answers", "slow/stalled-body"],
        setting: "response timeout (30 s)",
      },
      {
        code: "OriginDnsError",
        meaning: "The origin's name does not resolve.",
        causes: ["dns_error"],
        scenarios: ["dns/nxdomain"],
      },
      {
        code: "OriginInvalidResponseError",
        meaning: "The response breaks HTTP.",
        causes: ["http_protocol_error"],
        scenarios: ["malformed/not-http"],
        mark: "der",
      },
      {
        code: "OriginHeaderTooBigError",
        meaning: "The response head is larger than is taken.",
        causes: ["http_response_header_section_size"],
        scenarios: ["malformed/head-too-large"],
        mark: "der",
      },
      {
        code: "OriginZeroSizeObjectError",
        meaning: "The origin answered with nothing.",
        causes: ["connection_terminated"],
        scenarios: ["crash/close-after-request"],
        mark: "der",
      },
      {
        code: "OriginReadError",
        meaning: "Reading from the origin failed.",
        causes: ["connection_terminated"],
        scenarios: ["crash/reset-after-request"],
        mark: "der",
      },
      {
        code: "OriginWriteError",
        meaning: "Writing to the origin failed.",
        causes: ["connection_terminated", "connection_write_timeout"],
        scenarios: ["crash/reset-during-upload"],
        mark: "der",
      },
      {
        code: "OriginError",
        meaning: "The origin's response was wrong in some way.",
        causes: ["http_protocol_error"],
        scenarios: ["malformed/not-http"],
        mark: "der",
      },
    ]),
    {
      pattern: /X-Cache: Error from cloudfront/i,
      words: "X-Cache: Error from cloudfront",
      meaning:
        "CloudFront answered with an error: its own or, relayed and kept for 10 s, the origin's. x-edge-detailed-result-type in its log says which.",
      causes: ["connection_refused", "connection_read_timeout", "connection_timeout"],
      source: `${cloudfront} (documented)`,
    },
  ],
};

const gateway: Knowledge = {
  proxy: "aws-api-gateway",
  title: "Amazon API Gateway (REST)",
  kind: "managed",
  entries: coded(apiGateway, [
    {
      code: "INTEGRATION_TIMEOUT",
      meaning: "The integration did not answer in time: a 504.",
      causes: ["connection_read_timeout"],
      scenarios: ["slow/never-answers"],
      setting: "integration timeout (29 s)",
    },
    {
      code: "INTEGRATION_FAILURE",
      meaning: "The integration failed: refused, reset, TLS. A 504 although it is no timeout.",
      causes: ["connection_refused", "connection_terminated", "tls_protocol_error"],
      scenarios: ["crash/refused", "crash/reset-after-request"],
    },
    {
      code: "API_CONFIGURATION_ERROR",
      meaning: "The address of the endpoint is invalid, or the mapping does not fit: a 500.",
      causes: ["proxy_configuration_error"],
      scenarios: ["config/no-upstream"],
    },
  ]),
};

export default [balancer, contentDelivery, gateway] as const;
