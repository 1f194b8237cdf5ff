import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend sends 103 Early Hints, and then closes",
  cause: "http_response_incomplete",
  upstreams: [wire(readRequest(), send("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"), fin())],
  claim: "own",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "The browser already fetches the style sheet, then shows an error page.",
    why: "1xx are no answers, only notes on the way to one. The framework sends 103 from its router, the handler behind it crashes, and no final response ever comes. The proxy has relayed the 103 and may still choose any status: 502.",
    evidence: [
      "curl -v http://gateway/   # < HTTP/1.1 103 Early Hints … < HTTP/1.1 502 Bad Gateway",
      "curl -v http://app:8080/   # < HTTP/1.1 103 Early Hints … Empty reply from server",
      "nginx 1.22 takes the 103 for the answer itself and leaves the client waiting: no 502, no line in its log",
    ],
    remedy: "Repair the handler. That the hints worked tells you that routing did: the crash lies behind it.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9110 §15.2", "RFC 8297 §2"],
} satisfies Scenario;
