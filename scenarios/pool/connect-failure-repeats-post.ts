import { refused } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A POST whose connect was refused goes on to the next backend",
  upstreams: [refused(), healthy()],
  plan: { retries: 1 },
  asks: [{ method: "POST", body: 1_000, times: 2 }],
  claim: "clean",
  proof: [
    { act: "probe-refused", upstream: 1 },
    { act: "request-read", upstream: 2, times: 2 },
  ],
  story: {
    symptom:
      "None: the order is taken although a backend is dead. A proxy that repeats no POST at all would answer every second one with a 502.",
    why:
      "What must not be repeated is a request that may have been received. A refused connect has carried not one byte of it, so the next backend is not the second to see it but the first. " +
      "Two POSTs are sent, since the proxy takes its backends in turn: one of them meets the dead one first.",
    evidence: [
      "for i in 1 2; do curl -so /dev/null -w '%{http_code}\\n' -d 'order=1' http://proxy/orders; done   # 200 both times",
      "grep -c 'POST /orders' on the backends: each order once",
      "badgateway's access line: upstream=[http://10.0.0.1:8080 - connection_refused …, 10.0.0.2:8080 200 …]",
    ],
    remedy:
      "Nothing to change but the dead backend. See pool/post-not-repeated for the case in which the proxy has to give up.",
  },
  spec: ["RFC 9110 §9.2.2", "RFC 9209 §2.3.7"],
} satisfies Scenario;
