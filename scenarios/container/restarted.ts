import { containerRestarted } from "../../harness/faults/container-restarted.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The container restarts: for a while nobody has its address, then all is well",
  cause: "connection_timeout",
  upstreams: [containerRestarted()],
  asks: [{ claim: "own" }, { after: "restarted", claim: "clean" }],
  claim: "own",
  at: "connect",
  proof: [{ act: "container-killed" }, { act: "container-exited" }, { act: "restarted" }],
  story: {
    symptom:
      "At each restart of a container a handful of 504s after the connect timeout; when it is back at its old address, requests succeed at once.",
    why:
      "A process that restarts leaves its port shut, and connects are refused at once. A container takes its address with it: the SYN goes to a machine that is not there, and nothing says so. " +
      "The proxy's connect timer ends the wait. Left to itself, the kernel asks three times, a second apart, who has the address (ARP) and gives up with “No route to host”; where it still remembers the neighbour, it takes minutes.",
    evidence: [
      "docker events --since 10m --filter event=die --filter event=start",
      "docker inspect -f '{{.RestartCount}} {{.State.StartedAt}} {{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' NAME",
      "ip neigh show to ADDRESS   # at the proxy: INCOMPLETE or FAILED while it is away",
      "nginx's error log: “upstream timed out (110: Connection timed out) while connecting to upstream”, or “connect() failed (113: No route to host)”",
    ],
    remedy:
      "Start the new container before the old one ends, each with its own address, and let the proxy try another one: a connect that failed may always be tried again. Keep the connect timeout short; within one network a second is long.",
  },
  spec: ["RFC 9209 §2.3.9", "RFC 9110 §15.6.5"],
} satisfies Scenario;
