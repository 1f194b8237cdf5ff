import { answer } from "../../harness/faults/content.ts";
import { pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend takes half the time it has: slow is not broken",
  upstreams: [
    wire(
      readRequest(),
      pause(({ head }) => head / 2),
      send(answer()),
    ),
  ],
  // Half the timer is half of the run's own.
  plan: { timers: (run) => run },
  claim: "clean",
  proof: [
    { act: "request-read", times: 1 },
    { act: "pausing", times: 1 },
  ],
  story: {
    symptom: "A slow page. The counterpart of the late answer: a proxy that fails here has a timer that fires early.",
    why: "The first byte comes at half the head timer. Proxies whose clocks tick in whole seconds, or that count the connect into the same budget, may run out before; then a timeout of one second is in truth one of a half.",
    evidence: [
      "curl -so /dev/null -w '%{http_code} %{time_starttransfer}\\n' http://gateway/   # 200, at the backend's own pace",
      "nginx: $upstream_header_time tells the backend's share",
      "HAProxy log: the Tr field of TR/Tw/Tc/Tr/Ta",
    ],
    remedy:
      "None needed. Watch the distance between your 99th percentile and the timer: it is the margin before the 504s begin.",
  },
  spec: ["RFC 9110 §15.6.5"],
} satisfies Scenario;
