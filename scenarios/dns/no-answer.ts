import { dns } from "../../harness/faults/dns.ts";
import { noReply } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The resolver does not answer",
  cause: "dns_timeout",
  upstreams: [dns(noReply(), healthy())],
  claim: "own",
  at: "resolve",
  proof: [{ act: "query" }],
  story: {
    symptom: "Requests hang for as long as the resolver timeout, then fail; names that are still cached work.",
    why:
      "The query goes out and no reply comes back: the resolver is down, UDP is filtered, or its answer comes " +
      "from another address and is dropped. The proxy can only wait for its timer.",
    evidence: [
      "dig @resolver backend.test +tries=1 +time=1 → no servers could be reached",
      "tcpdump -ni any port 53",
      "nginx: backend.test could not be resolved (110: Operation timed out)",
    ],
    remedy:
      "Bring the resolver back or let its packets through. Keep the resolver's timeout well below the client's " +
      "patience, and have a second resolver.",
  },
  spec: ["RFC 9209 §2.3.1", "RFC 9110 §15.6.5"],
} satisfies Scenario;
