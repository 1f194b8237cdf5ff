import { answer } from "../../harness/faults/content.ts";
import { pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend answers whole and well, but after three times the proxy's patience",
  cause: "connection_read_timeout",
  upstreams: [
    wire(
      readRequest(),
      pause(({ head }) => 3 * head),
      send(answer()),
    ),
  ],
  claim: "own",
  at: "head",
  proof: [
    { act: "request-read", times: 1 },
    { act: "pausing", times: 1 },
  ],
  remedy: { plan: { timers: ({ head }) => ({ head: 4 * head }) }, proof: [{ act: "sent", times: 1 }] },
  story: {
    symptom: "The monthly report gives 504. Started directly on the backend it takes a while, and works.",
    why: "Nothing is broken, two clocks disagree. The proxy hangs up when its own runs out; the backend works on, writes its answer into a connection that is gone, and logs a success. Users press reload, and each reload starts the work again.",
    evidence: [
      "curl -o /dev/null -w '%{time_starttransfer}\\n' http://app:8080/report   # longer than the proxy's timeout",
      "The application logs 200 with a duration for each 504 of the proxy",
      "ss -tnp state close-wait '( sport = :8080 )'   # at the backend: hung up on, not noticed yet",
      "nginx: $upstream_status 504, $upstream_header_time -",
    ],
    remedy:
      "Raise the timer for this one route (nginx: proxy_read_timeout in its location), as the run with the remedy does. Better: answer 202 at once and let the client ask for the result.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5", "RFC 9110 §15.3.3"],
} satisfies Scenario;
