import { flood, readRequest } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "103 Early Hints again and again, never a final answer",
  cause: "http_response_timeout",
  upstreams: [
    wire(
      readRequest(),
      flood("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", { every: (run) => run.head / 12 }),
    ),
  ],
  claim: "own",
  at: "head",
  proof: [{ act: "flooding", times: 1 }],
  story: {
    symptom: "The client sees signs of life all the time and never an answer.",
    why: "Interim responses may be repeated, and a client must be able to read any number of them. If each one starts the proxy's timer anew, a backend that sends `103` (or `102 Processing`) as a heartbeat can hold a request for ever. The timer for the head counts to the *final* head.",
    evidence: [
      "curl -v --max-time 5 http://app:8080/   # < HTTP/1.1 103 Early Hints, over and over",
      "tcpdump -nA -i any 'tcp port 8080' | grep -c 'HTTP/1.1 103'   # counts up while the request hangs",
      "A stack trace of the worker: the heartbeat thread lives, the worker thread does not",
    ],
    remedy:
      "Tie the heartbeat to the work: whoever sends 102 or 103 must stop when the handler is dead. In the proxy, a deadline for the final head.",
  },
  spec: ["RFC 9209 §2.3.26", "RFC 9110 §15.2", "RFC 8297 §2"],
} satisfies Scenario;
