import { refused } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "One of two backends is dead, and the proxy tries the other",
  upstreams: [refused(), healthy()],
  plan: { retries: 1 },
  asks: [{ times: 6 }],
  claim: "clean",
  proof: [
    { act: "probe-refused", upstream: 1 },
    { act: "request-read", upstream: 2, times: 6 },
  ],
  story: {
    symptom:
      "None that a client could see: every request is answered. Only the proxy's log and the load of the other backend tell that one is dead.",
    why:
      "A refused connect has carried nothing, so whatever the method the request may go to the next backend: nobody can have begun to work on it. " +
      "The dead backend costs a connect that fails in less than a millisecond.",
    evidence: [
      "nginx's access log with $upstream_addr and $upstream_status: “10.0.0.1:8080, 10.0.0.2:8080” and “502, 200”",
      "badgateway's access line: upstream=[http://10.0.0.1:8080 - connection_refused …, 10.0.0.2:8080 200 …]",
      "HAProxy's log: the retries in “%rc” are above 0",
    ],
    remedy:
      "Leave the retry on, and watch its count: a backend that is never missed is never repaired. One retry is enough for two backends; with more, bound them, or an outage becomes a storm.",
  },
  spec: ["RFC 9110 §9.2.2", "RFC 9209 §2.3.7"],
} satisfies Scenario;
