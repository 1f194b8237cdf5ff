import { issued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's certificate ended yesterday",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issued({ days: [-90, -1] }) })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls()], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "All requests to one backend fail at once, to the minute, with nothing deployed; its neighbours with " +
      "other certificates go on.",
    why:
      "In the handshake the backend shows a certificate whose notAfter has passed. Its key and its chain are as " +
      "good as yesterday, but a proxy that verifies must not go on; no request is sent.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null | openssl x509 -noout -dates",
      "curl -v https://upstream.test:8443/ → SSL certificate problem: certificate has expired",
      "nginx: upstream SSL certificate verify error: (10:certificate has expired)",
    ],
    remedy:
      "Renew the certificate and have the backend load it: a renewed file that no process has read again is the " +
      "usual half of a repair. Watch notAfter from outside, through the socket, not in the file.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 5280 §4.1.2.5"],
} satisfies Scenario;
