import { loop } from "../../harness/faults/loop.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The upstream leads back to the proxy",
  cause: "proxy_loop_detected",
  upstreams: [loop()],
  claim: "own",
  proof: [{ act: "round" }],
  story: {
    symptom:
      "One click, and the access log grows by thousands of lines; then 502 or 504, and for a minute everything else fails too.",
    why: "The upstream's name resolves to the proxy's own address, or a second proxy has a rule that points back. Each round holds a connection on either side until ports or descriptors run out: one request is enough to bring the site down. Whoever forwards must be able to notice (RFC 9110 §7.6): its own name in `Via`, or in `CDN-Loop` where somebody strips Via, says that the request has been here before.",
    evidence: [
      "curl -v http://proxy/   # Via: 1.1 proxy, 1.1 hop, 1.1 proxy …; Proxy-Status: proxy; error=proxy_loop_detected",
      "dig +short app; ip -br addr   # the upstream's address is one's own",
      "ss -tn | grep -c ESTAB   # climbs while a single curl runs",
    ],
    remedy:
      "Give internal names to upstreams that never resolve to the edge. Leave Via in place; set CDN-Loop at the edge.",
  },
  spec: ["RFC 9209 §2.3.32", "RFC 9110 §7.6", "RFC 9110 §7.6.3", "RFC 8586"],
} satisfies Scenario;
