import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "White space stands before the first field",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        " X-Hidden: 1\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the line that begins with white space": /X-Hidden/i },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502, or a header that the backend sends and that is nowhere to be seen in the browser.",
    why: "A line that begins with a blank continues the line before it, and the line before it is the status line: is `X-Hidden: 1` now part of the reason phrase, a field, or nothing? Filters that look for `^X-Hidden:` do not find it, the browser may. RFC 9112 §2.2 therefore asks to refuse the message, or to drop such lines without a look at them.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | sed -n 2p | cat -A   #  X-Hidden: 1^M$",
      'nginx error log: upstream sent invalid header: "\\x20..."',
      "curl -s -D - -o /dev/null http://proxy/ | grep -ci x-hidden   # 0",
    ],
    remedy: "Look at how the head is put together: an indented template or here-document is the usual source.",
  },
  spec: ["RFC 9112 §2.2", "RFC 9112 §11.2"],
} satisfies Scenario;
