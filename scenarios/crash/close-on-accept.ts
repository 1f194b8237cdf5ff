import { fin } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend accepts the connection and closes it at once",
  cause: "connection_terminated",
  upstreams: [wire(fin())],
  claim: "own",
  proof: [{ act: "fin", times: 1 }],
  story: {
    symptom: "An error at once, though the port is open and a plain TCP health check is green.",
    why: "The handshake succeeds; the kernel does that alone. Then somebody hangs up before reading a byte: a TCP load balancer with no target behind it, a port forwarding whose far end is dead, an allow list that does not know the proxy, a server out of descriptors.",
    evidence: [
      "nc -zv app 8080   # succeeded: a probe of the port alone sees nothing wrong",
      "curl -v http://app:8080/   # Connected to app … Empty reply from server",
      "tcpdump -ni any 'tcp port 8080'   # handshake, then Flags [F.] from the backend before or beside the request",
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
    ],
    remedy:
      "Find out who accepted: what stands between proxy and application. Probe health by an HTTP request, not by a connect.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §8"],
} satisfies Scenario;
