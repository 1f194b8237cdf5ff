import { flood, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The head never ends",
  cause: "http_response_header_section_size",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 200 OK\r\n", "X-Origin: {nonce}\r\n"),
      flood(`X-Padding: ${"x".repeat(1011)}\r\n`.repeat(16)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "flooded", times: 1 },
  ],
  story: {
    symptom:
      "502 within milliseconds; a proxy without a limit is killed for want of memory instead, with all its connections.",
    why: "Field after field, as fast as the wire takes them, and the empty line never comes. Timers do not help, since there is always something to read; only a limit on octets does. A 504 here would mean that megabytes have been taken in before the clock struck.",
    evidence: [
      "timeout 2 curl -s -D - -o /dev/null http://app:8080/ | wc -c   # as many octets as two seconds give",
      "nginx error log: upstream sent too big header while reading response header from upstream",
      "ss -tim dst :8080   # the receive buffer is full and stays so",
    ],
    remedy: "The backend appends headers in a loop that does not end: find it. The proxy needs a finite head limit.",
  },
  spec: ["RFC 9209 §2.3.19", "RFC 9110 §5.4", "RFC 9110 §17.5"],
} satisfies Scenario;
