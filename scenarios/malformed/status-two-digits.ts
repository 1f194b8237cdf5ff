import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The status code has two digits: 99",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 99 Low\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A 502; and with an unlucky proxy no answer for anybody, because its process has just died.",
    why: "Two digits break `3DIGIT`. Many parsers read a number and never count its digits, so 99 gets through, until some later layer checks its range: Node's writeHead() throws a RangeError for anything below 100, and a proxy that did not expect an exception there ends. One backend then takes down all the others behind it.",
    evidence: [
      "curl -v http://app:8080/   # curl: (1) Unsupported response code in HTTP response",
      "node: RangeError [ERR_HTTP_INVALID_STATUS_CODE]: Invalid status code: 99",
      "systemctl status proxy   # “restarted 3 s ago”, at the minute of the 502s",
    ],
    remedy: "In the backend a code that exists. In the proxy: judge a response before any part of it is copied.",
  },
  spec: ["RFC 9112 §4", "RFC 9110 §15", "RFC 9209 §2.3.28"],
} satisfies Scenario;
