import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend demands a client certificate, and the proxy has none",
  cause: "tls_alert_received",
  upstreams: [tls({ versions: ["TLSv1.2", "TLSv1.2"], clientCertificate: "required" })],
  claim: "own",
  proof: [{ act: "certificate-shown" }, { act: "no-client-certificate" }],
  remedy: { plan: { clientCertificate: true }, proof: [{ act: "handshake-done" }, { act: "request-read" }] },
  story: {
    symptom:
      "A backend in a zone with mutual TLS answers colleagues with the right certificate; through the proxy " +
      "every request is a 502.",
    why:
      "The backend asks for a client certificate. The proxy has none and sends an empty list; the backend ends " +
      "the handshake with a fatal alert, handshake_failure (40) under TLS 1.2.",
    evidence: [
      "openssl s_client -connect backend:8443 -tls1_2 </dev/null → “Acceptable client certificate CA names”, then alert handshake failure (40)",
      "openssl s_client -connect backend:8443 -tls1_2 -cert proxy.pem -key proxy.key </dev/null → connects",
      "nginx: SSL_do_handshake() failed (SSL: … sslv3 alert handshake failure:SSL alert number 40)",
    ],
    remedy:
      "Give the proxy a certificate of an authority that the backend trusts (nginx: proxy_ssl_certificate and " +
      "proxy_ssl_certificate_key).",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9110 §15.6.3", "RFC 5246 §7.4.6"],
} satisfies Scenario;
