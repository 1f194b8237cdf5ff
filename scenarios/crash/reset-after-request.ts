import { readRequest, rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend reads the request and resets the connection",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), rst())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "rst", times: 1 },
  ],
  story: {
    symptom:
      "Sporadic errors in the middle of normal traffic; the proxy's log says “reset by peer”, the application's says nothing.",
    why: "RST means: this connection does not exist (any more). The server aborted it, or something on the path forgot it: a NAT table or a stateful firewall that dropped the entry, a host that rebooted, a failover to a machine that knows nothing of the connection.",
    evidence: [
      "tcpdump -ni any 'tcp port 8080 and tcp[tcpflags] & tcp-rst != 0'   # on both hosts: who sent it?",
      "A TTL in the RST that differs from that of the other packets: it came from a box in between",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
      "HAProxy log: termination state SH, status 502",
    ],
    remedy:
      "If the backend sent it, its own log of that moment. If it did not, raise the idle timeout of the box in between, or send keepalives more often than it forgets.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9293 §3.5.2"],
} satisfies Scenario;
