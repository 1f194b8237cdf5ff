import { body, chunk } from "../../harness/faults/content.ts";
import { flood, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Trailers without end behind the last chunk",
  cause: "http_response_trailer_section_size",
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
      ),
      flood(`X-Padding: ${"x".repeat(1012)}\r\n`, { most: 2 ** 20 }),
      // Whoever has swallowed a MiB of trailers gets a sound end, and so gives itself away.
      send("\r\n"),
    ),
  ],
  claim: ["own", "cut"],
  proof: [
    { act: "request-read", times: 1 },
    { act: "flooded", times: 1 },
  ],
  story: {
    symptom: "The page is there, whole, but the browser's spinner goes on; in the proxy memory climbs.",
    why: "The last chunk has size 0, yet the message ends only with the empty line behind the trailers. Limits on the head do not count here, as a head is over by then, and limits on the body do not either, as this is none. So trailers are the back door through which a response grows without limit: RFC 9209 has a word of its own for it.",
    evidence: [
      "curl -sv http://app:8080/ -o /dev/null 2>&1 | tail -3   # < X-Padding: … again and again",
      "curl -s --raw http://app:8080/ | wc -c   # far more than the page",
      "node: Error [HPE_HEADER_OVERFLOW]: Parse Error: Header overflow, although the head was small",
    ],
    remedy:
      "Bound the trailer section in the proxy as the head is bounded. gRPC needs trailers, three or four of them.",
  },
  spec: ["RFC 9209 §2.3.22", "RFC 9112 §7.1.2", "RFC 9110 §6.5"],
} satisfies Scenario;
