import { containerOutOfMemory } from "../../harness/faults/container-out-of-memory.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The kernel kills the container for lack of memory while it handles the request",
  cause: "connection_terminated",
  upstreams: [containerOutOfMemory({ limit: 64, needed: 64 })],
  // How it ends is the question, not how long it takes to fill the memory on a busy machine.
  plan: { timers: (run) => ({ head: run.head * 10 }) },
  claim: "own",
  proof: [{ act: "handling" }, { act: "container-exited" }, { act: "oom-killed" }],
  remedy: { upstreams: [containerOutOfMemory({ limit: 256, needed: 64 })], proof: [{ act: "hoarded" }] },
  story: {
    symptom:
      "502s on the largest requests, or whenever many come together; the application's log breaks off without a word, and a moment later the container runs again, as if nothing had been.",
    why:
      "A container may use so much memory and no more. When the kernel finds nothing to reclaim, its out-of-memory killer ends a process of the container with SIGKILL: no exception, no handler, no log. " +
      "The runtime knows of no shortage when its own limit is the higher one. The proxy reads an end of the connection where the response should begin.",
    evidence: [
      "docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' NAME   # true 137",
      "docker events --since 1h --filter event=oom",
      "dmesg -T | grep -A1 'Memory cgroup out of memory'   # Killed process … anon-rss: … kB",
      "docker stats --no-stream NAME   # MEM USAGE / LIMIT; kubectl describe pod: Reason: OOMKilled",
      "nginx's error log: “upstream prematurely closed connection while reading response header from upstream”",
    ],
    remedy:
      "Measure what the largest request needs and raise the limit (--memory, resources.limits.memory) above it; keep the runtime's own limit (--max-old-space-size, -Xmx) below the container's, so that it fails with a message instead.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
