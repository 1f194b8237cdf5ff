import { dns } from "../../harness/faults/dns.ts";
import { resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name has two addresses, and the first one refuses",
  cause: "connection_refused",
  upstreams: [dns(resolvesTo({ A: ["dead", "alive"] }), healthy())],
  claim: ["clean", "own"],
  proof: [{ act: "dead-address-told" }, { act: "probe-refused", times: 2 }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom: "About every second request is a 502, or none at all, depending on the proxy.",
    why:
      "One of two hosts behind the name is gone and its record is still there. A proxy that goes on to the next " +
      "address hides it at the price of a refused connect; one that does not, fails as often as the dead " +
      "address comes first.",
    evidence: [
      "dig +short @resolver backend.test → two addresses; curl --resolve backend.test:8080:ADDRESS http://backend.test:8080/ for each",
      "nginx: connect() failed (111: Connection refused), with proxy_next_upstream off",
    ],
    remedy:
      "Take dead addresses out of the record as soon as a health check fails; let the proxy try the next " +
      "address when a connect is refused.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §7.6"],
} satisfies Scenario;
