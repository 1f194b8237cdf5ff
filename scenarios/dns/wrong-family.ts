import { dns } from "../../harness/faults/dns.ts";
import { resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name has an IPv6 address where nothing listens",
  cause: "connection_refused",
  upstreams: [dns(resolvesTo({ A: ["alive"], AAAA: ["dead"] }), healthy())],
  claim: ["clean", "own"],
  proof: [{ act: "dead-address-told" }, { act: "probe-refused", times: 2 }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom: "Some proxies answer, others 502, and one of them now so and now so, for the same name; curl works.",
    why:
      "The name has an A record, where the backend listens, and an AAAA record, where it does not: it is bound " +
      "to 0.0.0.0 alone. A client that tries the next address gets through after one refusal; one that takes " +
      "the first, or one by chance, fails.",
    evidence: [
      "dig +short @resolver backend.test A; dig +short @resolver backend.test AAAA",
      "curl -4 http://backend.test:8080/ → 200; curl -6 http://backend.test:8080/ → Connection refused",
      'nginx: connect() failed (111: Connection refused) … upstream: "http://[::1]:8080/"',
    ],
    remedy: "Let the backend listen on both families (bind to ::), or take the AAAA record away.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 8305 §4"],
} satisfies Scenario;
