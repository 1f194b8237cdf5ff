import { readRequest, rst } from "../../harness/faults/steps.ts";
import { healthy, wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

const diesOfIt = wire(readRequest(), rst());

export default {
  title: "The backend dies of a POST that it has read: nobody else may get it",
  cause: "connection_terminated",
  upstreams: [diesOfIt, diesOfIt],
  plan: { retries: 1 },
  asks: [{ method: "POST", body: 1_000 }],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "rst", times: 1 },
  ],
  remedy: {
    upstreams: [diesOfIt, healthy()],
    // Several, so that the backend that dies has its turn, whoever is the first.
    asks: [{ method: "GET", times: 4 }],
    proof: [
      { act: "rst", upstream: 1 },
      { act: "request-read", upstream: 2, times: 4 },
    ],
  },
  story: {
    symptom:
      "A 502 for an order, a payment, a message; the customer sends it again, and it may be there twice. Or, with a proxy that repeats it: it is there twice though it was sent once.",
    why:
      "The backend has read the whole request before it died, so it may have done the work. Nothing on the wire tells whether it did. A POST is not idempotent: " +
      "a proxy must not send it again of its own accord, however many backends are left. A GET may be repeated, and here it is.",
    evidence: [
      "curl -sv -d 'order=1' http://proxy/orders   # 502",
      "grep 'POST /orders' on every backend: one line in all",
      "nginx repeats it only under “proxy_next_upstream … non_idempotent”",
    ],
    remedy:
      "Find out why the backend dies. That a client may safely try again, give the request an Idempotency-Key that the application remembers, or make it a PUT.",
  },
  spec: ["RFC 9110 §9.2.2", "RFC 9209 §2.3.8"],
} satisfies Scenario;
