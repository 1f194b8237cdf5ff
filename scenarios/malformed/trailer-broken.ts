import { body, chunk } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A trailer line has no colon",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        chunk(body(100)),
        "0\r\n",
        "this is no trailer\r\n",
        "\r\n",
      ),
    ),
  ],
  claim: ["own", "cut", "clean"],
  never: { "the broken line": /this is no trailer/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "A page that is complete in the browser and an error in the log, or the other way round: each proxy has its own mind.",
    why: "The content is whole before the offending line. A proxy may drop trailers (RFC 9110 §6.5.1), so one that does never minds what they say and delivers; one that parses them finds a broken message and must end it as such. Both are right. Wrong is to hand the line on, into a place where the next hop reads fields.",
    evidence: [
      "curl -s --raw http://app:8080/ | tail -3 | cat -A   # 0^M$ this is no trailer^M$ ^M$",
      "node: Error [HPE_INVALID_HEADER_TOKEN]: Parse Error: Invalid header token, and the body has come",
      "curl -v --raw http://proxy/ | tail -c 60 | cat -A   # nothing between 0^M$ and the empty line",
    ],
    remedy: "A checksum or a status behind the body is written as a field: `Digest: …`, `Server-Timing: …`.",
  },
  spec: ["RFC 9112 §7.1.2", "RFC 9110 §6.5.1", "RFC 9112 §8"],
} satisfies Scenario;
