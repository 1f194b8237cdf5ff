import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "One field of 100 KiB",
  cause: "http_response_header_size",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        `X-Large: ${"x".repeat(102_400)}\r\n`,
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  always: { "all 102,400 octets of the field": /^X-Large: x{102400}\r$/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 for the one user with four hundred groups; for all others the same page works.",
    why: "No RFC sets a limit to a field (RFC 9110 §5.4), each program sets its own: nginx one page of memory, HAProxy 16 KiB for all of it, Node 16 KiB, Varnish 8 KiB a line. So the largest field that gets through is that of the meanest hop. A gateway may say no, or relay all of it; to shorten a token is to forge it.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | awk '{ print length, substr($0, 1, 40) }' | sort -n | tail -1",
      "nginx error log: upstream sent too big header while reading response header from upstream",
      'Proxy-Status: gateway; error=http_response_header_size; header-name="X-Large"',
    ],
    remedy:
      "Keep the list on the server and send a reference. If it must travel: the limits of *all* hops, the browser's too.",
  },
  spec: ["RFC 9110 §5.4", "RFC 9209 §2.3.20"],
} satisfies Scenario;
