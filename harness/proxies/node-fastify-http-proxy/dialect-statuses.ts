import { forEach, type Row } from "../node/dialect-of.ts";

const source = "@fastify/reply-from/index.js: requestImpl; lib/errors.js";
const others = "What is neither a timer's end nor an unknown name is a 500";

/** Which status the plugin gives to which error of undici. */
export const statuses: readonly Row[] = [
  {
    on: { id: "config/wrong-host-header" },
    remedied: true,
    answers: "relayed(421)",
    reason: "Host is always that of the upstream's URL, here an address; what the client sends does not get through.",
    source: "@fastify/reply-from/index.js: headers.host = url.host",
  },
  {
    on: { id: "exhaustion/proxy-pool" },
    answers: [{ claim: "clean" }, { claim: "clean" }],
    waives: ["request-read"],
    reason:
      "Requests beyond a pool's connections wait in it, without bound in number or time, so that the third one is served " +
      "too, when one of the first two is done.",
    source: "undici/lib/dispatcher/pool-base.js: kQueue",
  },
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { "own(500)": 3, clean: 2 } },
    reason: `${others}: UND_ERR_SOCKET here.`,
    source,
  },
  {
    on: { glob: "{dns/{alias-loop,no-address,nxdomain},container/name-gone}" },
    answers: "own(503)",
    reason: "ENOTFOUND is a 503.",
    source,
  },
  ...forEach(
    [
      "dns_error",
      "dns_timeout",
      "connection_refused",
      "connection_terminated",
      "tls_certificate_error",
      "tls_alert_received",
      "tls_protocol_error",
      "http_response_incomplete",
      "http_response_header_section_size",
      "http_response_header_size",
      "http_protocol_error",
    ],
    {
      answers: "own(500)",
      reason: `${others}, whatever it is: a refusal, a reset, an alert, a certificate, a message that is none.`,
      source,
    },
  ),
];
