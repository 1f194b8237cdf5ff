import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend offers only cipher suites that the proxy does not",
  cause: "tls_alert_received",
  // Suites without a certificate: nobody who verifies offers them.
  upstreams: [tls({ versions: ["TLSv1.2", "TLSv1.2"], ciphers: "AECDH-AES256-SHA:@SECLEVEL=0" })],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "no-shared-cipher" }],
  remedy: {
    upstreams: [tls({ versions: ["TLSv1.2", "TLSv1.2"], ciphers: "ECDHE-ECDSA-AES128-GCM-SHA256" })],
    proof: [{ act: "handshake-done" }],
  },
  story: {
    symptom:
      "After somebody hardened one side's cipher list, or renewed an RSA certificate as ECDSA, all requests to " +
      "the backend are 502.",
    why:
      "Of the suites in the ClientHello the backend accepts none, so it sends the fatal alert handshake_failure " +
      "(40), the least telling of all alerts: the reason stands only in the backend's own log (“no shared " +
      "cipher”).",
    evidence: [
      "openssl s_client -connect backend:8443 -tls1_2 </dev/null → alert handshake failure (40)",
      "nmap --script ssl-enum-ciphers -p 8443 backend",
      "nginx: SSL_do_handshake() failed (SSL: … sslv3 alert handshake failure:SSL alert number 40)",
    ],
    remedy:
      "Let both lists overlap: take the same current recommendation on both sides, and suites for the kind of " +
      "key that the certificate has.",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9110 §15.6.3", "RFC 5246 §7.2.2"],
} satisfies Scenario;
