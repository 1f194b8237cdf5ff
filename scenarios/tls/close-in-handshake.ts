import { fin } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes the connection after the ClientHello",
  cause: ["tls_protocol_error", "connection_terminated"],
  upstreams: [belowTls(readClientHello(), fin())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "fin" }],
  story: {
    symptom: "Every request is a 502 at once; openssl says only “unexpected eof while reading”.",
    why:
      "The backend reads the ClientHello and closes without an alert: a TCP balancer without a live target, a " +
      "server that has no certificate for the name, or a PROXY protocol header that is expected and missing.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null → unexpected eof while reading, no peer certificate available",
      "nginx: peer closed connection in SSL handshake",
    ],
    remedy:
      "Find out which hop closes (tcpdump on the backend's host: does the ClientHello arrive?) and read the log " +
      "of that one.",
  },
  spec: ["RFC 9209 §2.3.13", "RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
