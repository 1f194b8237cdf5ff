import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "An empty line comes before the status line",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "\r\n",
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  never: { "the empty line": /^[\r\n]/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "Each second request on a kept connection fails with 502, the first one never does.",
    why: "Servers should skip an empty line before a *request* (RFC 9112 §2.2), since old clients sent one too many after a POST. For responses there is no such kindness. The two octets are mostly the tail of the answer before, whose Content-Length was two short: so they are the sign of an off-by-two, and a proxy that swallows them silently hides a connection which is out of step.",
    evidence: [
      "printf 'GET / HTTP/1.1\\r\\nHost: app\\r\\n\\r\\n' | nc -w 2 app 8080 | head -c 2 | xxd   # 0d0a",
      "curl -v http://app:8080/   # curl: (1) Received HTTP/0.9 when not allowed; of the answer before: * Excess found: excess = 2",
      "python3 -c \"print(len('é'))\"   # 1: a length counted in characters where octets are sent",
    ],
    remedy: "Compute Content-Length from the octets that are sent, after encoding, with the last newline.",
  },
  spec: ["RFC 9112 §2.1", "RFC 9112 §2.2", "RFC 9112 §4"],
} satisfies Scenario;
