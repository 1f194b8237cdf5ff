import { flood, readRequest } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A flood of 100 Continue",
  cause: ["http_protocol_error", "http_response_timeout"],
  upstreams: [wire(readRequest(), flood("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000), { most: 2 ** 18 }))],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "flooding", times: 1 },
  ],
  story: {
    symptom:
      "A request that hangs with one core at 100 %, until a timer ends it; in the traffic graph a peak towards the proxy.",
    why: "Any number of interim responses may come before the final one (RFC 9110 §15.2), each a whole head of its own. A limit on the head counts anew with every one, and each restarts a timer that measures silence. Nothing is too large, nothing is too slow, and there is no end: the number itself must be bounded, or the whole time.",
    evidence: [
      "timeout 1 curl -sv http://app:8080/ 2>&1 | grep -c '100 Continue'   # a number without end, and nobody sent Expect",
      "tcpdump -A -c 20 -ni any 'tcp src port 8080' | grep -c '100 Continue'",
      "top -H -p $(pidof proxy)   # the thread that parses",
    ],
    remedy:
      "Look for a loop around writeContinue(). In the proxy: bound the interim responses, and the exchange as a whole.",
  },
  spec: ["RFC 9110 §15.2", "RFC 9209 §2.3.26", "RFC 9209 §2.3.28"],
} satisfies Scenario;
