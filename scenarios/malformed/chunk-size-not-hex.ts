import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The first chunk's size is zz",
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
        "zz\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "cut"],
  never: { "the bad size": /^zz\r$/m },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "502, or a 200 that breaks off before its first octet; which of them depends on when the proxy sends its head.",
    why: "A chunk begins with its size in hexadecimal, and `z` is no such digit. Head and bad line arrive in one packet here, so a proxy that looks before it relays can still answer 502; one that has let the head go can only break the connection. To end the message cleanly would be the worst: an empty page that a cache believes.",
    evidence: [
      "curl -v http://app:8080/   # curl: (56) Illegal or missing hexadecimal sequence in chunked-encoding",
      "nginx error log: upstream sent invalid chunked response while reading upstream",
      "node: Error [HPE_INVALID_CHUNK_SIZE]: Parse Error: Invalid character in chunk size",
    ],
    remedy: "Often a server that announces chunks and writes the body plain: let one layer only do the framing.",
  },
  spec: ["RFC 9112 §7.1", "RFC 9112 §8", "RFC 9209 §2.3.24"],
} satisfies Scenario;
