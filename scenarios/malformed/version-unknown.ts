import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The response claims to be HTTP/9.9",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/9.9 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
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
    symptom:
      "502 from a test double, an appliance or a home-made server; everything behind the first word is in order.",
    why: "The major version names the syntax of the message (RFC 9110 §2.5). Who does not know version 9 cannot know how its messages end: that Content-Length still means the same is a guess, and a guess about framing is how two responses become one. Only an unknown *minor* version could be read as the highest one known.",
    evidence: [
      "curl -v http://app:8080/   # curl: (1) Unsupported HTTP version (9.9) in response",
      "printf 'GET / HTTP/1.1\\r\\nHost: app\\r\\n\\r\\n' | nc -w 2 app 8080 | head -1   # HTTP/9.9 200 OK",
      "curl -v http://proxy/   # nginx does not look: HTTP/1.1 200 OK, and 9.9 is forgotten",
    ],
    remedy:
      "The server must answer with a version that it implements and that is not above the request's major version.",
  },
  spec: ["RFC 9110 §2.5", "RFC 9112 §2.3", "RFC 9209 §2.3.28"],
} satisfies Scenario;
