import { rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend accepts the connection and resets it at once",
  cause: "connection_terminated",
  upstreams: [wire(rst())],
  claim: "own",
  proof: [{ act: "rst", times: 1 }],
  story: {
    symptom:
      "An error at once. Some connects to the port seem to be refused, some to be reset: it depends on who is faster.",
    why: "SYN, SYN-ACK, ACK, and then RST. The proxy may notice while it still writes the request (EPIPE) or when it reads the answer (ECONNRESET); to connect() it even may look like a refusal. The port did accept, so the right word is connection_terminated.",
    evidence: [
      "curl -v http://app:8080/   # connect to app port 8080 failed: Connection reset by peer (not “refused”)",
      "tcpdump -ni any 'tcp port 8080'   # Flags [R.] directly behind the third packet of the handshake",
      "nstat -az TcpExtTCPAbortOnClose TcpExtTCPAbortOnData   # on the backend's host: they count up",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
    ],
    remedy:
      "Look for what resets on purpose: a firewall with REJECT --reject-with tcp-reset, a sidecar whose application is gone, SO_LINGER with a timeout of zero.",
  },
  spec: ["RFC 9209 §2.3.8"],
} satisfies Scenario;
