import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "218: a success that no registry knows",
  upstreams: [wireAgain(readRequest(), send(answer("218 This Is Fine")))],
  claim: "relayed(218)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A status that nobody has heard of, with a body that is fine.",
    why: "Any number from 100 to 599 is a valid status; the first digit says what kind. 218 is a success without a name (Apache once used it to hide errors from the proxy). A gateway forwards what it does not know.",
    evidence: [
      "curl -so /dev/null -w '%{http_code}\\n' http://gateway/   # 218",
      "curl -v http://gateway/   # < HTTP/1.1 218 This Is Fine: even the phrase is the origin's, where the proxy keeps it",
    ],
    remedy: "None. Whoever must rely on a status should use one of the IANA registry.",
  },
  spec: ["RFC 9110 §15", "RFC 9110 §7.6"],
} satisfies Scenario;
