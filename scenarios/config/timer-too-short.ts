import { answer } from "../../harness/faults/content.ts";
import { pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The proxy's patience is shorter than the backend's normal time",
  cause: "connection_read_timeout",
  plan: { timers: ({ head }) => ({ head: head / 2 }) },
  upstreams: [
    wire(
      readRequest(),
      pause(({ head }) => 2 * head),
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
    symptom: "504, always after the same, suspiciously round time; the backend logs 200 for the very same request.",
    why: "Somebody has set a timeout for all routes, from the dashboard's median, and one route is slower than that by nature. The backend is neither down nor late: it needs the time it always needs, finishes, and writes to a connection that is gone. Users who press reload double its load, which makes it slower.",
    evidence: [
      "for i in 1 2 3; do curl -so /dev/null -w '%{http_code} %{time_total}\\n' http://proxy/report; done   # 504 at one and the same time",
      "curl -so /dev/null -w '%{http_code} %{time_starttransfer}\\n' http://app:8080/report   # 200, a little later than that",
      "nginx: $upstream_header_time is -, $upstream_response_time is the timeout; HAProxy: sH--",
    ],
    remedy:
      "A longer head timer for this route alone (proxy_read_timeout in its location), above the 99.9th percentile; or answer 202 and let the client ask again.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
