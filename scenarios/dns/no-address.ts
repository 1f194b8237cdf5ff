import { dns } from "../../harness/faults/dns.ts";
import { noAddress, resolvesTo } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's name exists and has no address",
  cause: "dns_error",
  upstreams: [dns(noAddress(), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  remedy: { upstreams: [dns(resolvesTo({ A: ["alive"] }), healthy())], proof: [{ act: "request-read" }] },
  story: {
    symptom: "ping and curl say that there is no address, dig shows no error, and every request is a 502.",
    why:
      "NOERROR with an empty answer: the name is there, with other records (TXT, MX, a service without ready " +
      "endpoints), and no A or AAAA among them. It is not NXDOMAIN, and a tool that prints only the status " +
      "shows no failure.",
    evidence: [
      "dig @resolver backend.test A → status: NOERROR, ANSWER: 0",
      "kubectl get endpoints backend",
      "nginx: backend.test could not be resolved (3: Host not found)",
    ],
    remedy: "Add the address record; for a headless service, find out why no endpoint is ready.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3", "RFC 2308 §2.2"],
} satisfies Scenario;
