import { send, silence } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend answers the ClientHello with rubbish",
  cause: "tls_protocol_error",
  upstreams: [belowTls(readClientHello(), send("\x00\x01\x02 no record of TLS at all\r\n"), silence())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "sent" }],
  story: {
    symptom: "Every request is a 502 at once; the port is open, and the service behind it is not the one expected.",
    why:
      "What answers in place of a ServerHello is no TLS record: another protocol on that port, or a middlebox " +
      "in between. The connection stays open, so that it is the octets and not its end that the proxy stumbles " +
      "over.",
    evidence: [
      "openssl s_client -connect backend:8443 </dev/null → wrong version number",
      "openssl s_client -connect backend:8443 -msg </dev/null 2>&1 | head",
    ],
    remedy: "Find out who listens there (ss -ltnp on the backend's host) and what lies between; correct the port.",
  },
  spec: ["RFC 9209 §2.3.13", "RFC 9110 §15.6.3", "RFC 8446 §5.1"],
} satisfies Scenario;
