import { fin, readRequestHead, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "An SSH server listens where the application should",
  cause: "http_protocol_error",
  upstreams: [
    wire(send("SSH-2.0-OpenSSH_9.6\r\n"), readRequestHead(), send("Invalid SSH identification string.\r\n"), fin()),
  ],
  claim: "own",
  proof: [{ act: "sent" }],
  story: {
    symptom:
      "502 at once, for each path and method; the application's own log is empty, since no request ever gets there.",
    why: "In SSH the server speaks first (RFC 4253 §4.2): its banner is on the wire before the proxy has written a byte. `SSH-2.0` cannot become a status line from its first letter on, so the 502 need not wait for the end of a line, nor for a timer.",
    evidence: [
      "nc app 8080   # says SSH-2.0-OpenSSH_9.6 by itself: no HTTP server does that",
      "sshd's log on that host: Bad protocol version identification 'GET / HTTP/1.1' from 10.0.0.5 port 40122",
      "ssh -v -p 8080 app   # if this logs you in, the port is settled",
    ],
    remedy:
      "Correct the port in the proxy's upstream; a forwarding rule that sends 8080 to 22 is the other usual suspect.",
  },
  spec: ["RFC 9112 §4", "RFC 4253 §4.2", "RFC 9209 §2.3.28"],
} satisfies Scenario;
