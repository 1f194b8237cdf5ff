import { containerNameGone } from "../../harness/faults/container-name.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The service's name stops resolving in the container engine's own DNS",
  cause: "dns_error",
  upstreams: [containerNameGone()],
  claim: "own",
  proof: [{ act: "container-exited" }, { act: "query" }, { act: "unresolved", times: 2 }],
  story: {
    symptom:
      "A service that was stopped, renamed or moved to another network becomes a 502 in whoever stands in front of it; nothing in the proxy was changed.",
    why:
      "Containers of a user-defined network find each other by name, through a DNS server of the engine's at 127.0.0.11. It knows the containers that run and are connected to the same network, and no others: " +
      "a name is gone with its container, and anything else is handed on to the machine's name server, which says NXDOMAIN. The engine's answers carry a TTL of 600 s: a proxy that keeps one goes on connecting to an address that nobody has, or that another container has got.",
    evidence: [
      "docker exec PROXY getent hosts SERVICE; docker exec PROXY cat /etc/resolv.conf   # nameserver 127.0.0.11",
      "docker network inspect -f '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{println}}{{end}}' NETWORK   # who is in it",
      "docker events --since 1h --filter type=network   # disconnect …",
      "nginx's error log: “SERVICE could not be resolved (3: Host not found)”",
    ],
    remedy:
      "Start the service again, in the network that the proxy is in (docker network connect --alias SERVICE NETWORK NAME). Let the proxy resolve while it runs and not only when it starts, and never trust an answer for ten minutes (nginx: resolver 127.0.0.11 valid=10s).",
  },
  spec: ["RFC 9209 §2.3.2", "RFC 9110 §15.6.3"],
} satisfies Scenario;
