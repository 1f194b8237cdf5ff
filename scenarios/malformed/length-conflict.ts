import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Two Content-Length fields, and they differ",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 6\r\n",
        "\r\n",
        "hello!",
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 since a compression or a rewriting middleware was put in; without it all is well.",
    why: "The application set 5, the middleware lengthened the body and *added* 6 where it should have replaced it. Who believes the first field leaves one octet, `!`, in front of the next response; who believes the last one waits for an octet that a stricter peer has not sent on. In the hands of an attacker the difference is a whole response: smuggling needs no more than this.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | grep -ci '^content-length'   # 2",
      'nginx error log (1.23.0 and later): upstream sent duplicate header line: "Content-Length: 6", previous value: "Content-Length: 5"',
      "node: Error [HPE_UNEXPECTED_CONTENT_LENGTH]: Parse Error: Duplicate Content-Length",
    ],
    remedy: "Middleware that changes a body must remove the old length; setHeader, not addHeader.",
  },
  spec: ["RFC 9112 §6.3 (5)", "RFC 9112 §11.2"],
} satisfies Scenario;
