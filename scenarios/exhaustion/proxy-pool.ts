import { answer } from "../../harness/faults/content.ts";
import { readRequest, send, waitFor } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The proxy has used up its own connections to the backend",
  cause: "connection_limit_reached",
  upstreams: [
    wireAgain(
      readRequest(),
      waitFor("answered", ({ head }) => 2 * head), // for whom there was no connection
      send(answer()),
    ),
  ],
  plan: { connections: 2 },
  asks: [
    { times: 2, together: true, claim: "clean" },
    { after: { act: "request-read", times: 2 }, claim: "own" },
  ],
  claim: "own",
  proof: [{ act: "request-read", times: 2 }],
  remedy: { plan: { queue: { most: 1, wait: 1_000 } }, proof: [{ act: "request-read", times: 3 }] },
  story: {
    symptom:
      "Under load a part of the requests gets a 503 at once. The backend is not busy, its log shows nothing of them, and the network is fine.",
    why:
      "The proxy opens only so many connections to a backend, to spare it. When all of them carry a request and nobody may wait, the next one is turned away, at the proxy itself. " +
      "Slow answers are what fills the connections: the limit is reached at (requests per second) × (seconds per request).",
    evidence: [
      "ss -tn state established 'dport = :8080' | wc -l   # at the proxy: the same number, the limit, again and again",
      "curl -sv http://proxy/ 2>&1 | grep '^< Proxy-Status'   # error=connection_limit_reached",
      "Envoy: response flag UO, upstream_cx_overflow; HAProxy: the queue “%bq/%sq” grows, sQ on its timeout; nginx: “no live upstreams” under max_conns",
    ],
    remedy:
      "Let requests wait for a while in a bounded queue, raise the limit as far as the backend bears it, and look for what has made the answers slow.",
  },
  spec: ["RFC 9209 §2.3.12", "RFC 9110 §15.6.4"],
} satisfies Scenario;
