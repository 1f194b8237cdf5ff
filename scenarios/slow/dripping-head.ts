import { body, head } from "../../harness/faults/content.ts";
import { drip, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The head comes drop by drop: each gap is short, the whole takes too long",
  cause: "http_response_timeout",
  upstreams: [
    wire(
      readRequest(),
      drip(head("200 OK", { "X-Body": 100, "Content-Length": 100 }), (run) => run.head / 15),
      send(body(100)),
    ),
  ],
  claim: "own",
  at: "head",
  proof: [{ act: "dripping", times: 1 }],
  remedy: { plan: { timers: ({ head }) => ({ head: 10 * head }) }, proof: [{ act: "dripped", times: 1 }] },
  story: {
    symptom: "Requests last much longer than any timeout in the configuration, and worker connections fill up.",
    why: "One octet at a time, 15 within the time allowed for the head. A timer that starts anew with every read never runs out: “read timeout” in most proxies means the longest silence, not the longest wait. Only a deadline for the whole head catches this, be it malice or a link that is dying.",
    evidence: [
      "curl --trace-time --trace-ascii - http://app:8080/ | head -40   # single characters with time stamps",
      "tcpdump -ni any 'tcp port 8080'   # a row of [P.] with length 1",
      "nginx: no line at all, since proxy_read_timeout counts from read to read; $upstream_header_time is far above it",
    ],
    remedy:
      "Put a deadline on the whole exchange somewhere on the way: the proxy's total timer if it has one, else the client's. Raising the head timer, as the run with the remedy does, only shows that the answer was sound.",
  },
  spec: ["RFC 9209 §2.3.26", "RFC 9110 §15.6.5"],
} satisfies Scenario;
