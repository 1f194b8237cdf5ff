import { dns } from "../../harness/faults/dns.ts";
import { failsWith, resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name does not exist",
  cause: "dns_error",
  upstreams: [dns(failsWith("NXDOMAIN"), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom:
      "After a service was renamed, or a namespace deleted, every request to it is a 502; the backend itself " +
      "runs and is healthy.",
    why:
      "The resolver says NXDOMAIN: there is no such name. The proxy has nowhere to connect to. A typing error, " +
      "a missing search domain and a deleted service all look like this.",
    evidence: [
      "dig @resolver backend.test → status: NXDOMAIN",
      "nginx: backend.test could not be resolved (3: Host not found)",
    ],
    remedy:
      "Correct the name, or put the record back; ask the very resolver that the proxy asks, not the one of your " +
      "desk.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3"],
} satisfies Scenario;
