import { frozen } from "../../harness/faults/process-frozen.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application's process is stopped, its socket still accepts",
  cause: "connection_read_timeout",
  upstreams: [frozen()],
  claim: "own",
  at: "head",
  proof: [{ act: "frozen" }, { act: "probe-accepted" }, { act: "probe-unanswered" }],
  story: {
    symptom:
      "Every request to one backend ends in a 504 after exactly the read timeout, while a check that only connects calls the backend healthy.",
    why:
      "The kernel completes the handshake and takes the request into its buffer without the process: connecting proves that the port is open, not that anybody reads. " +
      "A stopped process (SIGSTOP, a debugger's breakpoint, a paused container, a virtual machine in migration) reads nothing.",
    evidence: [
      "ps -o pid,stat,wchan,args -p PID   # STAT is T: stopped",
      "ss -tnp 'sport = :PORT'   # Recv-Q holds the request that nobody has read",
      "docker ps   # (Paused)",
      "curl -v --max-time 2 http://backend:PORT/   # Connected …, then silence",
    ],
    remedy:
      "kill -CONT PID, or docker unpause NAME. Let the health check ask for a response and not only for a connection.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
