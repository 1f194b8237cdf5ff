import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes in the middle of the status line",
  cause: "http_response_incomplete",
  upstreams: [wire(readRequest(), send("HTTP/1.1 2"), fin())],
  claim: "own",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "A 502 for a request which the backend believes to have answered.",
    why: "Ten octets and FIN: `HTTP/1.1 2`. It might have become 200 or 204 or 226; a gateway must not guess. Bytes did come, so it is an incomplete response rather than a connection that ended without one.",
    evidence: [
      "printf 'GET / HTTP/1.1\\r\\nHost: app\\r\\n\\r\\n' | nc app 8080 | xxd   # 00000000: 4854 5450 2f31 2e31 2032  HTTP/1.1 2",
      "curl -v http://app:8080/   # Empty reply from server: curl does not show the ten octets, hence nc",
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
    ],
    remedy:
      "Look for a backend that writes its head in pieces without a buffer and dies between two of them, or for a box in between that cuts connections.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §8"],
} satisfies Scenario;
