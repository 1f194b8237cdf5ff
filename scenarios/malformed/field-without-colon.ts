import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field line has no colon",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "this is no field\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 on the pages that write a warning or a debug line before their headers.",
    why: '`field-line = field-name ":" OWS field-value OWS`: without a colon there is neither name nor value. Readers help themselves in three ways: skip the line, take it for a name with an empty value, or decide that the head has ended and the body begins here. Two of them in a chain disagree on where the body starts, and an attacker who can place that line chooses what the second one reads.',
    evidence: [
      "curl -v http://app:8080/   # curl: (8) Header without colon",
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | sed '/^\\r$/q' | grep -v ':'   # the status line and the culprit",
      "httpd error log: AH01106: bad HTTP/1.1 header returned by / (GET)",
    ],
    remedy:
      "Find what prints into the head: an unhandled warning, a BOM, a print() in a CGI script; send it to the log.",
  },
  spec: ["RFC 9112 §5", "RFC 9209 §2.3.28"],
} satisfies Scenario;
