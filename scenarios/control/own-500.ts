import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The origin's own 500: the application failed, the gateway did not",
  upstreams: [wireAgain(readRequest(), send(answer("500 Internal Server Error")))],
  claim: "relayed(500)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "500 with the application's own page.",
    why: "The handler threw, the framework caught it and made a whole, valid response of it. For a gateway that is a success: it relays status, fields and body as they are.",
    evidence: [
      "curl -v http://app:8080/   # the same 500 without the proxy: it is the application's",
      "nginx: $status 500 and $upstream_status 500 agree; nothing in the error log",
      "The application's log: the stack trace",
    ],
    remedy:
      "Read the stack trace. The proxy has no part in it, unless it is told to replace the page (proxy_intercept_errors).",
  },
  spec: ["RFC 9110 §15.6.1", "RFC 9209 §2.1.4"],
} satisfies Scenario;
