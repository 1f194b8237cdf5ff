import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Content-Length is larger than 64 bits can hold",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502; at some proxies a download that claims to be of eight exabytes and stalls.",
    why: "Twenty digits are good grammar and too much for any counter. In 64 bits they wrap to 7766279631452241919, in a double they round to 1e20: two readers, two lengths, one message. RFC 9110 §8.6: prevent overflows and loss of precision. No honest answer has that length, so to refuse it costs nothing.",
    evidence: [
      "curl -v http://app:8080/   # * Overflow Content-Length: value, and then it waits",
      'nginx error log (1.23.0 and later): upstream sent invalid "Content-Length" header: "99999999999999999999"',
      "node -p 'Number.isSafeInteger(99999999999999999999)'   # false",
    ],
    remedy: "Look for an uninitialised size, or a -1 that became unsigned, in the code that sets the length.",
  },
  spec: ["RFC 9110 §8.6", "RFC 9112 §6.3 (5)"],
} satisfies Scenario;
