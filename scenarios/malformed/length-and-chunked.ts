import { body, chunk, lastChunk } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Content-Length and Transfer-Encoding in one head",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        chunk(body(100)),
        lastChunk,
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: {
    "both ways to find the end":
      /^(?:Content-Length:[\s\S]*^Transfer-Encoding|Transfer-Encoding:[\s\S]*^Content-Length):/im,
  },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "502 from a proxy that has been upgraded lately; before, the page was cut after a few octets now and then.",
    why: "The length says: five octets. The coding says: read chunks. Transfer-Encoding wins (RFC 9112 §6.3), and a gateway that forwards the message must take Content-Length out first. Who believes the length relays `64\\r\\na` as the page and leaves the remainder on the connection, as the beginning of somebody else's answer. Here the two differ on purpose; in the wild they often agree, until a proxy compresses.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | grep -iE '^(content-length|transfer-encoding)'   # two lines: one too many",
      'nginx error log (1.23.0 and later): upstream sent "Content-Length" and "Transfer-Encoding" headers at the same time',
      "httpd error log at debug: AH01107",
    ],
    remedy: "Do not copy upstream headers wholesale into an own response: the server sets its own framing besides.",
  },
  spec: ["RFC 9112 §6.3 (3)", "RFC 9112 §6.1", "RFC 9112 §11.2"],
} satisfies Scenario;
