import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A bare CR in a value hides a second field",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "X-Key: a\rSet-Cookie: id=stranger\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "a bare CR": /\r(?!\n)/, "the hidden field as one of its own": /\nSet-Cookie:/i },
  always: { "one value with a space for the CR": /^X-Key: a Set-Cookie: id=stranger\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "502 at a careful proxy. At a careless one nothing at all, except that users now and then find themselves in a stranger's session.",
    why: "Some parsers end a line at CR LF, some at LF, a few at CR. To the backend's own library the value is one line, so its check for `\\r\\n` lets it through; a reader that stops at CR finds a cookie which nobody set: response splitting with half a line end. RFC 9112 §2.2: treat the element as invalid, or put SP for each bare CR before anything is forwarded.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | cat -A | grep X-Key   # X-Key: a^MSet-Cookie: id=stranger^M$",
      'nginx error log: upstream sent invalid header: "X-Key: a\\x0d..."',
      "curl -s -D - -o /dev/null http://proxy/ | grep -c Set-Cookie:   # must count 0, or 1 within the line of X-Key",
    ],
    remedy: 'Refuse CR and LF, each by itself, in whatever goes into a header; a replace of "\\r\\n" is not enough.',
  },
  spec: ["RFC 9112 §2.2", "RFC 9110 §5.5", "RFC 9112 §11.1"],
} satisfies Scenario;
