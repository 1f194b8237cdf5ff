import { issuedByIntermediate } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend sends its certificate without the intermediate",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issuedByIntermediate("leaf") })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls({ certificate: issuedByIntermediate("both") })], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "Browsers open the backend without complaint, since they know the intermediate from elsewhere or fetch " +
      "it; the proxy answers 502.",
    why:
      "The server must send every certificate between its own and the root. With the leaf alone the proxy has " +
      "no way from the leaf's issuer to a root that it trusts.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test -showcerts </dev/null → one certificate, verify error:num=20, then num=21",
      "nginx: upstream SSL certificate verify error: (21:unable to verify the first certificate)",
    ],
    remedy:
      "Have the backend send leaf and intermediates, leaf first (the file that authorities call fullchain). To " +
      "add the intermediate to the proxy's bundle repairs this one proxy only.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 8446 §4.4.2"],
} satisfies Scenario;
