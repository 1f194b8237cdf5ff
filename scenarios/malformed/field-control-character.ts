import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field value has a control character (0x01) in it",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "X-Key: a\x01b\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  always: { "the field, as it is or with another character there": /^X-Key: a.b\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 for one customer, whose name was pasted from a terminal together with an invisible character.",
    why: "CR, LF and NUL are the three that end a line or a string, and must never pass. The other control characters are merely invalid (RFC 9110 §5.5): a recipient may keep them where that is safe. In a terminal it is not: an ESC that runs through `tail -f access.log` moves the cursor and rewrites what the operator reads.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | cat -v | grep X-Key   # X-Key: a^Ab",
      "node: Error [HPE_INVALID_HEADER_TOKEN]: Parse Error: Invalid header value char",
      "curl -s -D - -o /dev/null http://proxy/ | cat -v | grep X-Key   # nginx relays it: a^Ab",
    ],
    remedy: "Encode free text before it goes into a header: RFC 8187 (`name*=UTF-8''…`), percent or base64.",
  },
  spec: ["RFC 9110 §5.5"],
} satisfies Scenario;
