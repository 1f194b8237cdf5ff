import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The status code has four digits: 1000",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 1000 High\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502; before the last upgrade of the proxy the same page was a 100 that never came to an end.",
    why: "A reader that takes three digits and looks no further sees `100` followed by `0 High`. 100 is interim (RFC 9110 §15.2): such a reader throws this head away, takes the body for the next status line, or waits for a final answer that has long been sent. Codes of this size are WebSocket close codes (1000 is “normal closure”) which strayed into HTTP.",
    evidence: [
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | head -1   # HTTP/1.1 1000 High",
      "grep -rn 'status(1[0-9][0-9][0-9])' src/   # a close code where a status is wanted",
      "HAProxy log: 502 … PH-- (the proxy refused the response headers)",
    ],
    remedy: "Keep the codes of two protocols apart: a WebSocket's close code never goes into a status line.",
  },
  spec: ["RFC 9112 §4", "RFC 9110 §15", "RFC 6455 §7.4"],
} satisfies Scenario;
