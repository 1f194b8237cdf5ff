import { silence } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend never answers the ClientHello",
  cause: "connection_timeout",
  upstreams: [belowTls(readClientHello(), silence())],
  claim: "own",
  at: "tls",
  proof: [{ act: "client-hello" }, { act: "silent" }],
  story: {
    symptom: "Requests hang, then end in 504; TCP connects in a millisecond, so that the connect timer does not help.",
    why:
      "The kernel accepts for a process that is stuck, or the other end waits for plain text, and no " +
      "ServerHello ever comes. Without a timer for the handshake of its own a proxy may wait for its whole " +
      "response timeout, or twice for its connect timeout.",
    evidence: [
      "time openssl s_client -connect backend:8443 </dev/null → CONNECTED, then nothing",
      "nginx: upstream timed out (110: Connection timed out) while SSL handshaking to upstream",
    ],
    remedy:
      "Find out why the backend does not get to its handshakes (all workers busy, a lock, a wrong protocol). " +
      "Bound the handshake in the proxy (nginx: proxy_connect_timeout).",
  },
  spec: ["RFC 9209 §2.3.9", "RFC 9110 §15.6.5"],
} satisfies Scenario;
