import { body, lastChunk } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A chunk size of eighteen hexadecimal digits",
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
        "ffffffffffffffffff\r\n",
        body(100),
        "\r\n",
        lastChunk,
      ),
    ),
  ],
  claim: ["own", "cut"],
  never: { "the size that no counter holds": /^f{16,}\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "A 502 if you are lucky. If not, a proxy worker that crashes, and a security advisory with your proxy's name on it.",
    why: "Each digit shifts the size by four bits; the seventeenth shifts the first one out. Of `ffffffffffffffffff` a 64-bit register keeps -1 or the largest number there is: added to a buffer's fill level, that is the overflow behind CVE-2002-0392 (Apache) and CVE-2013-2028 (nginx). RFC 9112 §7.1 asks every reader to expect such numbers and not to lose bits.",
    evidence: [
      "curl -v http://app:8080/   # curl: (56) Too long hexadecimal number in chunked-encoding",
      "nginx error log: upstream sent invalid chunked response while reading upstream",
      "dmesg | grep -i segfault   # of an old proxy, at the same second",
    ],
    remedy: "Upgrade a proxy that does not refuse it. In the backend look for a negative length printed with %x.",
  },
  spec: ["RFC 9112 §7.1", "RFC 9209 §2.3.24"],
} satisfies Scenario;
