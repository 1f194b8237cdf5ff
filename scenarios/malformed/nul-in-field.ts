import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A field value has a NUL in it",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Key: a\0b\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the NUL": /^X-Key:[^\r\n]*[^\t -~\r\n]/im },
  always: { "the value with a space for the NUL": /^X-Key: a b\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 for records whose text came from a fixed-width column or out of a C structure.",
    why: "NUL is the octet at which C ends a string. One program on the way sees `a`, the next sees `a\\0b`: a check that reads up to NUL approves of a value which the reader behind it takes in full (`evil.example\\0.good.example` was a way to get certificates once). Hence RFC 9110 §5.5: refuse the message, or put a space in its place before anybody looks.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | xxd | grep ' 00\\|00 '   # 582d 4b65 793a 2061 0062",
      'nginx error log: upstream sent invalid header: "X-Key: a\\x00..."',
      "curl -v http://app:8080/   # curl: (8) Nul byte in header",
    ],
    remedy:
      "Cut values at their length, not at the buffer's, and drop control characters where text enters the program.",
  },
  spec: ["RFC 9110 §5.5", "RFC 9112 §5"],
} satisfies Scenario;
