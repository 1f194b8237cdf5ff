import { dns } from "../../harness/faults/dns.ts";
import { garbled } from "../../harness/faults/dns-script.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The resolver's reply cannot be parsed",
  cause: ["dns_error", "dns_timeout"],
  upstreams: [dns(garbled(Buffer.from(`818000010001${"00".repeat(4)}${"ff".repeat(32)}`, "hex")), healthy())],
  claim: "own",
  proof: [{ act: "query" }],
  story: {
    symptom: "Lookups fail in different ways on different clients: an error at once here, a timeout there.",
    why:
      "A reply with the right id announces one question and one answer, and rubbish follows. Some clients " +
      "report a malformed message at once; others take it for nobody's reply and wait for a better one until " +
      "their timer runs out.",
    evidence: [
      "dig @resolver backend.test → ;; Got bad packet: bad compression pointer",
      "tcpdump -ni any -vv port 53",
      "nginx: backend.test could not be resolved (110: Operation timed out)",
    ],
    remedy:
      "Look at what lies between: middleboxes that rewrite DNS, an MTU that cuts large replies. Ask over TCP " +
      "(dig +tcp) to compare.",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9209 §2.3.1", "RFC 1035 §4.1"],
} satisfies Scenario;
