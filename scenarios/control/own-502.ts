import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The origin's own 502: somebody further in is the gateway in trouble",
  upstreams: [wireAgain(readRequest(), send(answer("502 Bad Gateway")))],
  claim: "relayed(502)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502, and the proxy in front is innocent.",
    why: "The backend is itself a gateway (a sidecar, an ingress, an API gateway) and its own upstream failed. Its 502 is a whole and valid response; it goes through, and must not be counted as this proxy's. In a chain, the innermost 502 that was *made* is the cause, all others are echoes.",
    evidence: [
      "curl -v http://gateway/   # Via, Server and the wording of the page tell who made it",
      "Proxy-Status: inner; error=connection_refused, outer; received-status=502   # read from the left, origin's side first",
      "nginx: $upstream_status 502 with an $upstream_header_time, and no line in the error log",
    ],
    remedy: "Go one hop inwards and ask the same question there.",
  },
  spec: ["RFC 9110 §15.6.3", "RFC 9209 §2", "RFC 9209 §2.1.4"],
} satisfies Scenario;
