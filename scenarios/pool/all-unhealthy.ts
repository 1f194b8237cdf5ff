import { unwell, well } from "../../harness/faults/checked.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The health check has marked every backend down",
  cause: "destination_unavailable",
  upstreams: [unwell("/health", "dead"), unwell("/health", "dead")],
  plan: { health: { path: "/health", every: 50 } },
  asks: [{ after: { act: "seen-dead", times: 2 }, times: 3 }],
  claim: "own",
  proof: [
    { act: "check-failed", upstream: 1 },
    { act: "check-failed", upstream: 2 },
    { act: "request-lost", times: 0 },
    { act: "request-read", times: 0 },
  ],
  remedy: {
    upstreams: [unwell("/health", "dead"), well("/health")],
    asks: [{ after: "seen-dead", times: 3 }],
    proof: [{ act: "request-read", upstream: 2 }],
  },
  story: {
    symptom:
      "Every request gets a 503, faster than any backend could answer, and the backends' logs show no request at all: only the checks.",
    why:
      "The proxy asks each backend how it is, time after time, and leaves out those that do not answer well. When none is left it does not try: it answers by itself. " +
      "A 503 tells more than a 502 would: nothing was sent, the request can be repeated without harm.",
    evidence: [
      "curl -sv http://proxy/ 2>&1 | grep -E '^< (HTTP|Retry-After|Proxy-Status)'",
      "HAProxy's log: “backend app has no server available!”, termination state SC-- with <NOSRV>; Envoy: response flag UH",
      "curl -v http://backend:8080/health   # what the check itself gets",
    ],
    remedy:
      "Find what all of them lost at once. A check that asks the database as well makes the outage of the database one of everything, static pages included.",
  },
  spec: ["RFC 9209 §2.3.4", "RFC 9110 §15.6.4"],
} satisfies Scenario;
