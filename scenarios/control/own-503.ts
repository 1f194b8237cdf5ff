import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The origin's own 503: the application asks for a rest",
  upstreams: [wireAgain(readRequest(), send(answer("503 Service Unavailable")))],
  claim: "relayed(503)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "503 from an application in maintenance or above its limit, perhaps with Retry-After.",
    why: "The server can say that it cannot serve just now. It is relayed with all its fields, Retry-After above all: the application knows better than the proxy when to come back.",
    evidence: [
      "curl -sI http://gateway/ | grep -i retry-after",
      "nginx: $upstream_status 503; a 503 of the proxy's own has - there",
      "HAProxy log: termination state ---- for the application's 503, SC or sQ for its own",
    ],
    remedy:
      "Look at the application's load shedding or maintenance flag. Do not let the proxy repeat such requests at once: that feeds the overload.",
  },
  spec: ["RFC 9110 §15.6.4", "RFC 9110 §10.2.3"],
} satisfies Scenario;
