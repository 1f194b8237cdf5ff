import { blackHole } from "../../harness/faults/black-hole.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The listener's queue is full, since the application does not accept",
  cause: "connection_timeout",
  upstreams: [blackHole()],
  claim: "own",
  at: "connect",
  proof: [{ act: "queue-full" }, { act: "probe-sent" }, { act: "probe-unanswered" }],
  story: {
    symptom:
      "Under load some requests take the connect timeout and end in a 504, others are answered as ever; the backend's own log shows nothing of the failed ones.",
    why:
      "The kernel completes handshakes on the application's behalf and keeps them in a queue until accept() takes them. An application that is overloaded or stands still takes none; " +
      "once the queue is full, Linux drops each further SYN and counts it. The client's kernel tries again after a second, then two: with luck it gets in.",
    evidence: [
      "ss -ltn 'sport = :PORT'   # Recv-Q (waiting) above Send-Q (the limit)",
      "nstat -az TcpExtListenOverflows TcpExtListenDrops   # counting up",
      "sysctl net.core.somaxconn   # the limit of the limit",
      "nginx's error log: “upstream timed out (110: Connection timed out) while connecting to upstream”",
    ],
    remedy:
      "Find out why it does not accept: too few workers, a thread that blocks. A longer queue (backlog of listen(), net.core.somaxconn) carries a burst, not an overload.",
  },
  spec: ["RFC 9209 §2.3.9", "RFC 9110 §15.6.5"],
} satisfies Scenario;
