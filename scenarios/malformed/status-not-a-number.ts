import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Letters stand where the status code should",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 abc Oops\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 for some errors of the application, the ones whose code is a word.",
    why: "The status code is `3DIGIT`. An exception class that carries its own code (`ENOENT`, `abc`) gets into the status line, since to a template everything is a string. A parser built on atoi() reads `abc` as 0 and goes on, and then every comparison of the kind `status < 400` calls it a success.",
    evidence: [
      "curl -v http://app:8080/broken   # curl: (1) Unsupported HTTP version in response",
      "nginx error log: upstream sent no valid HTTP/1.0 header while reading response header from upstream",
      "node -e \"require('http').get('http://app:8080/').on('error', console.log)\"   # HPE_INVALID_STATUS",
    ],
    remedy: "Map errors to numbers in one place, and refuse there whatever is not a whole number from 100 to 599.",
  },
  spec: ["RFC 9112 §4", "RFC 9110 §15", "RFC 9209 §2.3.28"],
} satisfies Scenario;
