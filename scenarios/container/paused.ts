import { containerPaused } from "../../harness/faults/container-paused.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The container is paused: connects succeed, and nobody answers",
  cause: "connection_read_timeout",
  upstreams: [containerPaused()],
  claim: "own",
  at: "head",
  proof: [{ act: "paused" }, { act: "probe-accepted" }, { act: "probe-unanswered" }],
  story: {
    symptom:
      "504s after exactly the read timeout, though the port is open, a TCP health check is green, and the container uses no processor time at all.",
    why:
      "`docker pause`, a `docker commit`, a backup that wants a still image: the freezer stops every process of the container between two instructions. Its sockets belong to the kernel, which goes on completing handshakes and acknowledging what arrives. " +
      "The request lies in a buffer; the proxy waits for a head until its timer runs out.",
    evidence: [
      "docker ps --filter status=paused   # Up 3 hours (Paused)",
      "docker inspect -f '{{.State.Paused}}' NAME   # true",
      "docker events --since 1h --filter event=pause --filter event=unpause",
      "curl -m 5 -v http://backend:PORT/   # Connected to …, then “Operation timed out with 0 bytes received”",
      "nginx's error log: “upstream timed out (110: Connection timed out) while reading response header from upstream”",
    ],
    remedy:
      "docker unpause NAME. Copy without freezing (docker commit --pause=false, a snapshot of the volume), and let health checks ask for a response rather than for an open port.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
