import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Content-Encoding: gzip over something that is no gzip",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Content-Encoding: gzip\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100), // plain text: a gzip would begin with 1f 8b
      ),
    ),
  ],
  claim: "clean",
  always: { "the name of the coding": /^Content-Encoding: gzip\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "The browser says ERR_CONTENT_DECODING_FAILED; the proxy's log says 200 and is right.",
    why: "A content coding belongs to the representation, not to the hop: only the client takes it off. HTTP is not broken here, the content is, and a gateway relays content octet for octet without opinion. One that decodes on the way (to rewrite, to scan) does meet the error, and owes a 502 with `http_response_content_coding` then, not a page cut short.",
    evidence: [
      "curl -s --compressed http://proxy/   # curl: (61) Error while processing content unencoding: incorrect header check",
      "curl -s http://proxy/ | head -c 2 | xxd   # not 1f8b: nobody has compressed anything",
      "curl -s http://app:8080/ | cmp - <(curl -s http://proxy/)   # the proxy has not touched it",
    ],
    remedy:
      "A cache or middleware which keeps headers and body apart has paired the wrong two: set the field where the compressing is done.",
  },
  spec: ["RFC 9110 §8.4", "RFC 9110 §7.7", "RFC 9209 §2.3.25"],
} satisfies Scenario;
