import { killedWhileHandling } from "../../harness/faults/process-killed.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application is killed while it handles the request",
  cause: "connection_terminated",
  upstreams: [killedWhileHandling()],
  claim: "own",
  proof: [{ act: "handling" }, { act: "child-killed" }, { act: "child-exited" }],
  story: {
    symptom:
      "Single 502s, most of them on heavy requests or during a deployment; the application's own log breaks off in mid-request.",
    why:
      "A SIGKILL (the out-of-memory killer, `docker kill`, an orchestrator whose patience with SIGTERM is at its end) gives the process no time for anything. " +
      "The kernel closes its sockets: the proxy has sent the whole request and reads an end of the connection where the response should begin.",
    evidence: [
      "dmesg -T | grep -iE 'killed process|out of memory'",
      "docker inspect --format '{{.State.ExitCode}} {{.State.OOMKilled}}' NAME   # 137 is 128 + 9, SIGKILL",
      "kubectl describe pod NAME   # Last State: Terminated, Reason: OOMKilled or Error, Exit Code: 137",
      "nginx's error log: “upstream prematurely closed connection while reading response header from upstream”",
    ],
    remedy:
      "Find who sends the signal. Give the container the memory that it needs; on SIGTERM stop listening, finish what is under way and exit, and let the orchestrator wait for that.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
