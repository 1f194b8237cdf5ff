import { issued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend shows a certificate made for clients",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issued({ usages: ["clientAuth"] }) })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls({ certificate: issued({ usages: ["serverAuth"] }) })], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "A service whose certificate works well in its own calls to others fails with 502 as soon as others call " +
      "it through the proxy.",
    why:
      "The extended key usage lists what a certificate may be used for; without serverAuth it does not make " +
      "anybody a server. Name, dates and chain are all right.",
    evidence: [
      "openssl s_client -connect backend:8443 </dev/null | openssl x509 -noout -ext extendedKeyUsage",
      "openssl verify -purpose sslserver -CAfile ca.pem leaf.pem → error 26: unsuitable certificate purpose",
      "nginx: upstream SSL certificate verify error: (26:unsuitable certificate purpose)",
    ],
    remedy:
      "Issue the certificate with serverAuth among its extended key usages; a mesh's certificates need both, " +
      "serverAuth and clientAuth.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 5280 §4.2.1.12"],
} satisfies Scenario;
