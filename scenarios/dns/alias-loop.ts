import { dns } from "../../harness/faults/dns.ts";
import { aliasOfItself, resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name is an alias of itself",
  cause: "dns_error",
  upstreams: [dns(aliasOfItself(), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom: "After a change of aliases one name is a 502; the resolver reports no error.",
    why:
      "The CNAME of the name leads to the name itself, so that following it never comes to an address. " +
      "Resolvers that follow aliases themselves say SERVFAIL; others hand out the alias alone, and the client " +
      "must notice.",
    evidence: [
      "dig @resolver backend.test → backend.test. 0 IN CNAME backend.test.",
      "dig +trace backend.test",
      "nginx: backend.test could not be resolved (3: Host not found)",
    ],
    remedy: "Let the alias end at a name that has an address record.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3", "RFC 1034 §3.6.2"],
} satisfies Scenario;
