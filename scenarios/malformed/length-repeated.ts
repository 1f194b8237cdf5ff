import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The same Content-Length twice, as a list",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 5\r\n",
        "Content-Length: 5, 5\r\n",
        "\r\n",
        "hello",
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: {
    "the list": /^Content-Length:[^\r\n]*,/im,
    "two fields": /^Content-Length:[\s\S]*^Content-Length:/im,
  },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "One of two proxies answers 502, though “the length is right, one can see that”.",
    why: "Two equal fields, joined by some hop into a list as is done with ordinary fields. Content-Length is none of those, but as both values agree the standard allows for mercy: reject the message, or treat it as the one value and send *that* on (RFC 9110 §8.6). The list itself must not go out again: the next reader may parse `5, 5` as 55, as 5, or not at all.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | grep -i '^content-length'   # Content-Length: 5, 5",
      "node: Error [HPE_INVALID_CONTENT_LENGTH]: Parse Error: Invalid character in Content-Length",
      "curl -s -D - -o /dev/null http://proxy/ | grep -i '^content-length'   # one 5, or the length of the 502 page",
    ],
    remedy: "Find the two places that set the length (framework and middleware, CGI script and server) and keep one.",
  },
  spec: ["RFC 9110 §8.6", "RFC 9112 §6.3 (5)"],
} satisfies Scenario;
