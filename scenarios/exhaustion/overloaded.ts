import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend itself says that it is overloaded",
  upstreams: [wireAgain(readRequest(), send(answer("503 Service Unavailable", { "Retry-After": 120 })))],
  claim: "relayed(503)",
  always: { "the Retry-After of the origin": /^Retry-After: 120\r$/im },
  proof: [{ act: "request-read" }, { act: "sent" }],
  story: {
    symptom:
      "503s with a Retry-After, in the application's own words, while the proxy's health check calls the backend well.",
    why:
      "An application that sheds load answers early and cheaply what it could not answer in time. The response is whole and the origin's own: the proxy relays it as it is, and must not count it as its own failure. " +
      "Who made a 503 is the first question to ask, and Proxy-Status answers it: `received-status` marks the origin's.",
    evidence: [
      "curl -i http://proxy/   # Retry-After, the application's Server field and error page; Proxy-Status: …; received-status=503",
      "curl -i http://backend:PORT/   # the same without the proxy",
      "the proxy's access log: upstream status 503 next to status 503 (nginx: $upstream_status)",
    ],
    remedy:
      "Give the application what it lacks, or let the proxy hold requests back in front of it. Clients should wait as long as Retry-After says.",
  },
  spec: ["RFC 9110 §15.6.4", "RFC 9110 §10.2.3", "RFC 9209 §2.1.4"],
} satisfies Scenario;
