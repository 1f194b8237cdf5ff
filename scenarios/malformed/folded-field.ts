import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field value goes on in the next line (obs-fold)",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "X-Key: one\r\n",
        " two\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the fold": /X-Key:[^\n]*\n[ \t]/i },
  always: { "the value in one line": /^X-Key: one[ \t]+two\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "502 for answers with a long header (a certificate, a signature, a policy) which some library has wrapped at column 76.",
    why: "Folding comes from mail, where lines are short. HTTP gave it up (RFC 9112 §5.2), as readers differ: one joins the lines, one takes ` two` for a broken field, one for a field without a colon. A gateway has two choices, 502 or the fold replaced by spaces. To hand the fold on leaves that choice to the browser.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | grep -n '^[[:blank:]]'   # the continuation line",
      'nginx error log: upstream sent invalid header: "\\x20..." while reading response header from upstream',
      "python3 -c \"import email.header as h; print(h.Header('x' * 100).encode())\"   # how such a line is born",
    ],
    remedy:
      "Turn line wrapping off where the value is made: e-mail and MIME helpers wrap, base64 tools do without -w 0.",
  },
  spec: ["RFC 9112 §5.2"],
} satisfies Scenario;
