import { outOfMemory } from "../../harness/faults/process-out-of-memory.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application runs into its heap limit while it handles the request",
  cause: "connection_terminated",
  upstreams: [outOfMemory({ heap: 16, needed: 32 })],
  // How it ends is the question, not how long the collecting of garbage takes on a busy machine.
  plan: { timers: (run) => ({ head: run.head * 10 }) },
  claim: "own",
  proof: [{ act: "handling" }, { act: "heap-exhausted" }, { act: "child-exited" }],
  remedy: { upstreams: [outOfMemory({ heap: 256, needed: 32 })], proof: [{ act: "hoarded" }] },
  story: {
    symptom:
      "502s on the largest reports, or after days of uptime; the response takes seconds, then fails, and everybody else's requests fail with it.",
    why:
      "The runtime may not let its heap grow above a limit. It collects garbage ever more often, which costs more and more time, gives up, and aborts the process. " +
      "The proxy sees the connection end without a response, as with any crash; only the application's output tells why.",
    evidence: [
      "journalctl -u app | grep -A2 'JavaScript heap out of memory'   # then SIGABRT, exit code 134",
      "docker inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' NAME   # 134 false: the runtime's own limit; 137 true: the container's",
      "node --heapsnapshot-near-heap-limit=1 app.js",
      "nginx's error log: “upstream prematurely closed connection while reading response header from upstream”",
    ],
    remedy:
      "Stream the report instead of gathering it. Where the data must be held, raise the limit (--max-old-space-size, -Xmx) and the container's with it.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
