import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "499: a number that proxies use themselves, sent by the origin",
  upstreams: [wireAgain(readRequest(), send(answer("499 Client Closed Request")))],
  claim: "relayed(499)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "499 in the access log though no client has left.",
    why: "nginx and others log 499 when the *client* hung up; it never goes over the wire there. An application that sends 499 in earnest is a valid origin with an unregistered 4xx, and its answer is relayed.",
    evidence: [
      "curl -v http://gateway/   # < HTTP/1.1 499: seen by a client that has not gone, so it cannot be the proxy's",
      "nginx: $upstream_status 499 beside $status 499; for a client that left $upstream_status is -",
    ],
    remedy: "Use a registered status in the application, so that the two meanings do not meet in one log.",
  },
  spec: ["RFC 9110 §15", "RFC 9110 §7.6"],
} satisfies Scenario;
