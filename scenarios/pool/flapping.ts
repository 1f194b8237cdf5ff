import { well } from "../../harness/faults/checked.ts";
import { flapping } from "../../harness/faults/flapping.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A backend comes and goes; the health check takes it out, and back in",
  cause: "connection_terminated",
  upstreams: [flapping("/health", { up: [4, 6], down: [3, 4] }), well("/health")],
  plan: { keepAlive: false, health: { path: "/health", every: 100 } },
  asks: [
    // Half of them go to the one that flaps: it serves four to six and dies of the next.
    { times: 14, claim: { tally: { own: [1, 3], clean: [11, 13] } } },
    { after: "seen-dead", times: 4 },
    { after: "seen-well", times: 4 },
  ],
  claim: "clean",
  proof: [
    { act: "request-lost", upstream: 1, times: [1, 3] },
    { act: "check-failed", upstream: 1, times: [3] },
    { act: "request-read", upstream: 1, times: [5, 10] },
  ],
  racy: "The seed decides when the backend goes and for how many checks; how many requests die before the next check is chance.",
  story: {
    symptom:
      "Short flurries of 502s, a few at a time, some minutes apart. Between them all is well, with fewer backends than there should be.",
    why:
      "A process that crashes under load is started again, serves a while, and crashes again. From its death to the next check the proxy goes on sending it every second request: " +
      "these are the 502s, and there are as many as the time between two checks has room for. Then the check takes the backend out, and later back in, and all begins anew.",
    evidence: [
      "while :; do curl -so /dev/null -w '%{http_code} ' http://proxy/; done   # 502s in bunches",
      "HAProxy's log: “Server app/b1 is DOWN … is UP” over and over",
      "systemctl show -p NRestarts app; kubectl get pods   # the count of restarts grows",
    ],
    remedy:
      "Stop the crash. To make the flurries smaller: check more often, let failures of real requests count (passive ejection), repeat idempotent requests at another backend; and let a backend that comes back be well several times in a row before it is trusted (rise).",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
