import { rst } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets the connection after the ClientHello",
  cause: "connection_terminated",
  upstreams: [belowTls(readClientHello(), rst())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "rst" }],
  story: {
    symptom: "Every request is a 502 at once; TCP connects, and then “connection reset by peer”.",
    why:
      "An RST in place of a ServerHello: the backend's process has died on it, or a firewall that inspects SNI " +
      "has thrown the connection away. Nothing of TLS has been said, so no TLS error is the cause.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null → write:errno=104",
      "tcpdump -ni any 'tcp port 8443 and tcp[tcpflags] & tcp-rst != 0'",
      "nginx: peer closed connection in SSL handshake (104: Connection reset by peer)",
    ],
    remedy:
      "Compare with a ClientHello without SNI (-noservername): if that one passes, it is a middlebox. Otherwise " +
      "look for the backend's crash.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
