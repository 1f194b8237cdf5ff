import { dns } from "../../harness/faults/dns.ts";
import { failsWith } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The resolver refuses to answer: REFUSED",
  cause: "dns_error",
  upstreams: [dns(failsWith("REFUSED"), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  story: {
    symptom: "After the proxy moved to another network every name is a 502 at once.",
    why:
      "The resolver does not serve this client, or does not recurse for this name: an access list, or an " +
      "authoritative server taken for a resolver. It says so with REFUSED, by policy and not by failure.",
    evidence: [
      "dig @resolver backend.test → status: REFUSED",
      "nginx: backend.test could not be resolved (5: Operation refused)",
    ],
    remedy:
      "Let the proxy's network into the resolver's access list, or point the proxy at the resolver that is " +
      "meant for it.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3", "RFC 1035 §4.1.1"],
} satisfies Scenario;
