import { body, head } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Head, a part of the body and FIN arrive in one burst",
  cause: "http_response_incomplete",
  upstreams: [wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), body(100, 0, 40)), fin())],
  claim: ["cut", "own"],
  racy: "Whether the FIN is seen before the head has been relayed depends on how the proxy's reads fall.",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "The same crash shows now as a broken download, now as a clean 502.",
    why: "The dying backend flushes everything at once. A proxy that reads all of it before it writes knows in time that the body is short, and can still say 502. One that relays the head first can only break off. Both are honest.",
    evidence: [
      "for i in $(seq 20); do curl -so /dev/null -w '%{http_code}/%{exitcode} ' http://gateway/; done   # 200/18 502/0 200/18 …",
      "tcpdump -ni any 'tcp port 8080'   # [P.] and [F.] within microseconds",
      "nginx error log: upstream prematurely closed connection while reading upstream, whatever the client got",
    ],
    remedy:
      "Do not tune for it: repair the crash. Only buffering whole responses would make the outcome certain, at the price of latency and memory.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §8"],
} satisfies Scenario;
