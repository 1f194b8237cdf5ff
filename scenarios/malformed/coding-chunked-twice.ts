import { body, chunk, lastChunk } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The chunked coding is named twice",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        chunk(body(100)),
        lastChunk,
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the coding named twice": /^Transfer-Encoding:[\s\S]*chunked[\s\S]*chunked/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 for one service in the week after nginx went from 1.22 to 1.24; the service has not changed.",
    why: "A controller fetches from another service and returns that answer with all its headers; the server adds its own `Transfer-Encoding: chunked`. By the letter the body would have to be chunked twice over, which a sender must not do (RFC 9112 §7.1), and it is not: only the words are doubled. Who takes them at their word decodes once too often.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | grep -ci '^transfer-encoding'   # 2",
      'nginx error log (1.23.0 and later): upstream sent duplicate header line: "Transfer-Encoding: chunked", previous value: "Transfer-Encoding: chunked"',
      "Spring: a ResponseEntity built with restTemplate's own response headers is the classic",
    ],
    remedy: "Copy a fetched answer's body and the two or three fields that are wanted; never those of the hop.",
  },
  spec: ["RFC 9112 §7.1", "RFC 9112 §6.1", "RFC 9209 §2.3.24"],
} satisfies Scenario;
