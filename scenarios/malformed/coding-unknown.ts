import { body } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A transfer coding that nobody has registered",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 200 OK\r\n", "X-Origin: {nonce}\r\n", "Transfer-Encoding: foo\r\n", "\r\n", body(100)),
      fin(),
    ),
  ],
  claim: ["own", "clean"],
  never: {
    "both ways to find the end":
      /^(?:Content-Length:[\s\S]*^Transfer-Encoding|Transfer-Encoding:[\s\S]*^Content-Length):/im,
  },
  always: {
    "a message that ends with the connection": /^(?![\s\S]*\r\n(?:Content-Length:|Transfer-Encoding:[^\r\n]*chunked))/i,
  },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 behind a new proxy; behind the old one it worked, though each request took a new connection.",
    why: "A response whose last coding is not chunked runs until the server closes (RFC 9112 §6.3). So it can be relayed that way, closing likewise at the end, or refused, since what `foo` has done to the content is anybody's guess. What must not happen is that it gets an end of its own, be it a length or a last chunk: of a message whose coding is unknown the end is unknown too.",
    evidence: [
      "curl -v http://app:8080/   # curl: (61) Unrecognized content encoding type",
      'nginx error log (1.23.0 and later): upstream sent unknown "Transfer-Encoding": "foo"',
      "httpd error log at info: AH02555",
    ],
    remedy:
      "For what is done to the content for good (gzip, encryption) use Content-Encoding; Transfer-Encoding is for one hop.",
  },
  spec: ["RFC 9112 §6.3 (4)", "RFC 9112 §7", "RFC 9209 §2.3.24"],
} satisfies Scenario;
