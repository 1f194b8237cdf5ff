import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A second response comes behind the first",
  upstreams: [
    wire(
      readRequest(),
      send(answer(), "HTTP/1.1 200 OK\r\nX-Smuggled: to whoever asks next\r\nContent-Length: 7\r\n\r\nhijack\n"),
      // Only a proxy that has kept the connection ever gets here.
      readRequest(),
      send(answer("200 OK", { "X-Reused": "yes" })),
    ),
  ],
  asks: [{}, { on: "same" }, {}],
  claim: "clean",
  never: { "the second response": /X-Smuggled/i, "an answer from the connection that ran over": /X-Reused/i },
  proof: [
    { act: "request-read", upstream: 1 },
    { act: "sent", upstream: 1 },
  ],
  story: {
    symptom: "Every now and then a user sees a page that somebody else asked for.",
    why: "One request, two answers. The second one lies in the proxy's receive buffer when the connection goes back to the pool; the next request that takes this connection finds “its” answer already there, and from then on each visitor gets the one before. It is called response queue poisoning. RFC 9112 §6.3: such bytes must never be taken for a separate response, and the connection is to be closed (§9.2).",
    evidence: [
      "curl -v http://app:8080/   # * Excess found in a read: excess = 79, size = 100",
      "for i in 1 2 3 4; do curl -s http://proxy/whoami?$i; done   # answers that belong to other numbers",
      "tcpdump -A -ni any 'tcp src port 8080'   # two status lines, one request",
    ],
    remedy:
      "Find why the backend answers twice (a handler that goes on after it has replied). Not sharing upstream connections stops the leak meanwhile.",
  },
  spec: ["RFC 9112 §6.3", "RFC 9112 §9.2", "RFC 9112 §11.1"],
} satisfies Scenario;
