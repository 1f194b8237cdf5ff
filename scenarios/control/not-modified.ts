import { head } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "304 with a Content-Length, not asked for: no body follows, and nobody waits for one",
  upstreams: [wireAgain(readRequest(), send(head("304 Not Modified", { ETag: '"v1"', "Content-Length": 100 })))],
  asks: [{}, { on: "same" }],
  claim: "relayed(304)",
  proof: [{ act: "request-read" }, { act: "sent" }],
  story: {
    symptom:
      "None. A proxy that fails here hangs until its idle timer, or takes the next answer for the body of this one.",
    why: "The length in a 304 is that of the representation that is *not* sent: the message ends at the empty line whatever the fields say. It comes to a request without If-None-Match, which is odd but valid. The second request goes over the same connection, so that a proxy still waiting for 100 octets is found out.",
    evidence: [
      "curl -v http://gateway/ http://gateway/   # two 304s at once, Re-using existing connection",
      "curl -so /dev/null -w '%{time_total}\\n' http://gateway/   # milliseconds, not the proxy's read timeout",
    ],
    remedy:
      "Nothing to repair at the proxy. The application should answer 304 only to conditional requests: other clients get a page without content.",
  },
  spec: ["RFC 9112 §6.3", "RFC 9110 §15.4.5", "RFC 9110 §8.6"],
} satisfies Scenario;
