import { fin, readRequestHead, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A mail server greets with 220 before anything was asked",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      send("220 mail ESMTP\r\n"),
      readRequestHead(),
      send("221 2.7.0 Error: I can break rules, too. Goodbye.\r\n"),
      fin(),
    ),
  ],
  claim: "own",
  proof: [{ act: "sent" }],
  story: {
    symptom: "502 from a backend that “returns 220, which is a success”, says whoever looked at it with telnet.",
    why: "HTTP took its three-digit codes over from SMTP, but not the line: there the code comes first, here the version does (`HTTP/1.1 220 …`). A lenient reader which looks for three digits finds a 2xx in the greeting and reports that all is well. Besides, bytes that come before the request are no answer to it.",
    evidence: [
      "nc app 8080   # 220 mail ESMTP, unasked",
      "postfix log: improper command pipelining after CONNECT …, or: non-SMTP command from proxy[10.0.0.5]: GET / HTTP/1.1",
      "curl -v http://app:8080/   # curl: (1) Received HTTP/0.9 when not allowed",
    ],
    remedy:
      "Correct the port: 25, 465 and 587 belong to mail. If a health check passes on such a backend, let it ask for a path and compare the status, not merely connect.",
  },
  spec: ["RFC 9112 §4", "RFC 9112 §9.2", "RFC 9209 §2.3.28"],
} satisfies Scenario;
