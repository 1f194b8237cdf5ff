import { busy } from "../../harness/faults/process-busy.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "One request keeps the only thread busy, and an innocent one waits behind it",
  cause: "connection_read_timeout",
  upstreams: [busy()],
  asks: [{ path: "/report" }, { path: "/innocent", after: "handling" }],
  claim: "own",
  at: "head",
  proof: [{ act: "handling", times: 1 }, { act: "still-computing" }],
  story: {
    symptom:
      "From time to time all requests to one backend stand still at once, cheap ones too; some end in 504s. Its processor is at 100 % of one core.",
    why:
      "A single-threaded server does one thing at a time. While it computes (a huge JSON document, a regular expression that backtracks, synchronous cryptography) it neither reads nor answers: " +
      "the second request is accepted by the kernel and waits. The slow request is the cause, the innocent one is where it is seen.",
    evidence: [
      "top -H -p PID   # one thread at 100 %",
      "node --cpu-prof app.js, or perf top -p PID   # what it computes",
      "monitorEventLoopDelay() of node:perf_hooks   # seconds in place of milliseconds",
      "the access log around the 504s: the request that began just before all of them",
    ],
    remedy:
      "Move the work off the thread that serves: a worker thread, a queue with a process of its own, smaller steps. Several processes behind the proxy only make it rarer.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
