import { descriptorsQueued } from "../../harness/faults/descriptors-queued.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application has no descriptor left to accept with, and leaves connections in the queue",
  cause: "connection_read_timeout",
  upstreams: [descriptorsQueued()],
  claim: "own",
  at: "head",
  proof: [{ act: "emfile" }, { act: "accept-failed" }, { act: "probe-unanswered" }],
  story: {
    symptom:
      "504s after exactly the read timeout under load, though connecting succeeds at once; requests on connections already open are answered.",
    why:
      "With every descriptor in use, accept() fails (EMFILE) and the connection stays where it is, in the kernel's queue: established for the client, unknown to the application. " +
      "The proxy's request lies in the kernel's buffer, unread. Most servers behave so; Node closes such connections at once instead (exhaustion/file-descriptors).",
    evidence: [
      "ls /proc/PID/fd | wc -l; grep 'open files' /proc/PID/limits",
      "ss -ltn 'sport = :PORT'   # Recv-Q above 0 and not going down",
      "strace -p PID -e accept4   # EMFILE (Too many open files)",
      "nginx's error log: “upstream timed out (110: Connection timed out) while reading response header from upstream”",
    ],
    remedy:
      "Find the leak (lsof -p PID: many of one kind). Where the load itself needs them, raise the limit: LimitNOFILE= of the unit, --ulimit nofile= of the container, ulimit -n of the shell.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
