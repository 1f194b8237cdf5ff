import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A sound backend: 200 with a small body",
  upstreams: [healthy()],
  claim: "clean",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "None. It is the measure for all others: what fails here is the laboratory, not the backend.",
    why: "One request, one answer with Content-Length, the connection stays open. The body carries its own length and checksum, so a whole answer is known to be whole and not only to look like it.",
    evidence: [
      "curl -v http://gateway/   # < HTTP/1.1 200 OK, Connection #0 to host gateway left intact",
      "ss -tnp state established '( dport = :8080 )'   # at the proxy: one connection, kept for the next request",
    ],
    remedy:
      "Nothing to repair. If this one fails: firewall, loopback, or a proxy that did not start with the configuration you think.",
  },
  spec: ["RFC 9110 §15.3.1"],
} satisfies Scenario;
