import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "599: the last valid number",
  upstreams: [wireAgain(readRequest(), send(answer("599 Network Connect Timeout")))],
  claim: "relayed(599)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "An unregistered 5xx at the very edge of the range.",
    why: "599 is the upper end: valid, unknown, to be treated by clients like 500. Some libraries use it inside for “could not connect”, and some applications let it out. It is a whole response of the origin, and the proxy relays it instead of making a 502 of it.",
    evidence: [
      "curl -so /dev/null -w '%{http_code}\\n' http://gateway/   # 599, not 502",
      "nginx: $upstream_status 599 and an $upstream_header_time: the origin did answer",
    ],
    remedy: "None at the proxy. In the application catch the library's error and say 502 or 504, whichever is true.",
  },
  spec: ["RFC 9110 §15", "RFC 9110 §7.6"],
} satisfies Scenario;
