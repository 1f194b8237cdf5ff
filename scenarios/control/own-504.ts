import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The origin's own 504: a gateway further in lost patience",
  upstreams: [wireAgain(readRequest(), send(answer("504 Gateway Timeout")))],
  claim: "relayed(504)",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "504 that comes well before this proxy's own timeout could have run out.",
    why: "The inner gateway waited for *its* upstream and gave up first, as it should: clocks must run out from the inside to the outside. Its 504 arrives here as a quick and valid response and is passed on.",
    evidence: [
      "curl -so /dev/null -w '%{http_code} %{time_total}\\n' http://gateway/   # 504 after the inner proxy's time, not ours",
      "nginx: $upstream_header_time is a time; after its own timeout it is -, and the error log has a line",
      "Proxy-Status, where it is spoken: the member with error= made it, those with received-status= passed it on",
    ],
    remedy:
      "Find the slow dependency behind the inner gateway. Keep the order of the timeouts: application, inner proxy, outer proxy, client.",
  },
  spec: ["RFC 9110 §15.6.5", "RFC 9209 §2.1.4"],
} satisfies Scenario;
