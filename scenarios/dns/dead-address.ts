import { dns } from "../../harness/faults/dns.ts";
import { resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name leads to an address where nothing listens",
  cause: "connection_refused",
  upstreams: [dns(resolvesTo({ A: ["dead"] }), healthy())],
  claim: "own",
  proof: [{ act: "dead-address-told" }, { act: "probe-refused", times: 2 }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom: "After a move of the backend every request is a 502, though it answers at its new address.",
    why:
      "The lookup succeeds and its answer is out of date: the record still names the old host, which is up and " +
      "has nothing on that port. It refuses the connect; DNS looks fine.",
    evidence: [
      "dig +short @resolver backend.test; ss -ltn on that host",
      "curl -v http://backend.test:8080/ → connect to 10.0.0.5 port 8080 failed: Connection refused",
      "nginx: connect() failed (111: Connection refused) while connecting to upstream",
    ],
    remedy:
      "Correct the record; before a move lower its TTL, and keep the old address alive for as long as the old " +
      "TTL was.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
