import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A space stands between a field's name and its colon",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "X-Key : v\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the space before the colon": /X-Key[ \t]+:/i },
  always: { "the field, with the space taken away": /^X-Key: v\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "A 502 at the strict proxy; at the lax one a header that the browser shows and the CDN behind it does not know.",
    why: "RFC 9112 §5.1 is unusually blunt: a server must refuse such a request, a proxy must take such white space out of a response before it forwards it. The reason is `Transfer-Encoding : chunked`: whoever trims the name sees a chunked message, whoever does not sees an unknown field called `Transfer-Encoding `, and the two disagree on where the message ends.",
    evidence: [
      "curl -sv http://app:8080/ 2>&1 | cat -A | grep 'X-Key'   # < X-Key : v^M$",
      'nginx error log: upstream sent invalid header: "X-Key\\x20..."',
      "curl -sv http://proxy/ 2>&1 | grep -i 'x-key'   # X-Key: v, or a 502; never X-Key :",
    ],
    remedy: 'Write fields as `name + ": " + value`; look for a table of headers whose names were padded to line up.',
  },
  spec: ["RFC 9112 §5.1", "RFC 9110 §15.6.3"],
} satisfies Scenario;
