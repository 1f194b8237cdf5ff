import { workers } from "../../harness/faults/workers.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "All workers are busy, and the request waits for one past the timer",
  cause: "connection_read_timeout",
  upstreams: [workers({ count: 2, held: 2 })],
  claim: "own",
  at: "head",
  proof: [{ act: "worker-busy", times: 2 }, { act: "waiting" }],
  remedy: { upstreams: [workers({ count: 3, held: 2 })], proof: [{ act: "worker-busy", times: 2 }] },
  story: {
    symptom:
      "504s on requests that are cheap by themselves, whenever a few expensive ones run; the backend's processor may be idle all the while.",
    why:
      "A pool of workers serves so many requests at once and no more. When each worker waits for something slow (a database lock, another service, a large upload), the next request stands in line, " +
      "and the proxy's clock runs from the moment it was sent, whoever works on it.",
    evidence: [
      "php-fpm's log: “server reached pm.max_children setting (5), consider raising it”",
      "ss -ltn 'sport = :PORT'   # Recv-Q above 0 where waiting requests are left in the kernel's queue",
      "the backend's own time per request (short) against the proxy's $upstream_response_time (the timeout)",
      "py-spy dump --pid PID, jstack PID, php-fpm's slowlog   # what the workers wait for",
    ],
    remedy:
      "Find what holds the workers, and give it a time limit shorter than the proxy's. More workers help where they wait rather than compute. A short queue with a 503 is kinder than a long one with a 504.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
