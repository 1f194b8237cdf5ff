import { fin, send } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { fatalAlert, readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend refuses the handshake with an alert",
  cause: "tls_alert_received",
  upstreams: [belowTls(readClientHello(), send(fatalAlert("handshake_failure")), fin())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "sent" }],
  story: {
    symptom: "Every request is a 502 within milliseconds; the backend's port is open, and its access log stays empty.",
    why:
      "The backend answers the ClientHello with the fatal alert handshake_failure (40): none of the versions, " +
      "suites, groups or signature algorithms offered suits it, or a policy forbids this client.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null → alert handshake failure, SSL alert number 40",
      "nginx: SSL_do_handshake() failed (SSL: … sslv3 alert handshake failure:SSL alert number 40)",
    ],
    remedy:
      "Read the backend's own TLS log: the alert does not tell which parameter it was. Then compare version, " +
      "suites, groups and certificate types of both sides.",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9110 §15.6.3", "RFC 8446 §6.2"],
} satisfies Scenario;
