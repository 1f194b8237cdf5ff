import { dns } from "../../harness/faults/dns.ts";
import { failsWith } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The resolver cannot answer: SERVFAIL",
  cause: "dns_error",
  upstreams: [dns(failsWith("SERVFAIL"), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  story: {
    symptom:
      "Some names, or all of them, are 502 at once; others ask the same resolver and get along from their " + "caches.",
    why:
      "The resolver was reached and could not find out: the authoritative servers do not answer it, DNSSEC " +
      "validation fails, or its zone is broken. Nothing is said about whether the name exists.",
    evidence: [
      "dig @resolver backend.test → status: SERVFAIL",
      "dig @resolver backend.test +cd → answers if it is DNSSEC",
      "nginx: backend.test could not be resolved (2: Server failure)",
    ],
    remedy: "Repair the zone, or the resolver's way to its authoritative servers; give the proxy a second resolver.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3", "RFC 1035 §4.1.1"],
} satisfies Scenario;
