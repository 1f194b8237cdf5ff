import { containerDisconnected } from "../../harness/faults/container-disconnected.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The container loses its network in mid-request: its answer goes nowhere",
  cause: "connection_read_timeout",
  upstreams: [containerDisconnected()],
  // Room for the engine: it takes a tenth of a second to take the network away, and longer on a busy machine.
  plan: { timers: (run) => ({ head: run.head * 5 }) },
  claim: "own",
  at: "head",
  proof: [{ act: "handling" }, { act: "disconnected" }, { act: "answer-sent" }],
  story: {
    symptom:
      "Requests that were under way end in 504s after the full read timeout, new ones fail to connect; by its own log the application has answered them all, with 200.",
    why:
      "With the container's interface go its address and its routes, but not its connections: the application still holds the socket and writes its answer into it, and the kernel has no way to send it. " +
      "No FIN and no RST is sent either, so that the proxy cannot tell this from a slow answer. A cable that is pulled, a firewall that drops, a virtual machine that is gone look the same.",
    evidence: [
      "docker inspect -f '{{json .NetworkSettings.Networks}}' NAME   # {} or not the one that the proxy is in",
      "docker events --since 1h --filter type=network --filter event=disconnect",
      "docker exec NAME ss -tno state established   # Send-Q above 0, timer:(on,…,N): the answer is sent again and again",
      "ip neigh show to ADDRESS   # at the proxy: FAILED, or INCOMPLETE",
      "nginx's error log: “upstream timed out (110: Connection timed out) while reading response header from upstream”",
    ],
    remedy:
      "docker network connect NETWORK NAME, with --alias where the proxy knows it by one. Keep the read timeout no longer than a good answer takes, since it alone ends such a wait.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
