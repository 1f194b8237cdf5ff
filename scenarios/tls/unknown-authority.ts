import { issuedByStranger } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's certificate comes from an authority that the proxy does not trust",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issuedByStranger() })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls()], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "After a backend moved to the private CA, or the proxy to a smaller base image, every request to it is a " +
      "502.",
    why:
      "The chain is whole and ends in a root that is not in the proxy's bundle. What curl on the host trusts " +
      "says nothing: a proxy has a trust store of its own.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test -verify_return_error </dev/null -CAfile /etc/proxy/ca.pem → verify error:num=20:unable to get local issuer certificate",
      "openssl s_client -connect backend:8443 -showcerts </dev/null | grep -E '^ *(s|i):'",
      "nginx: upstream SSL certificate verify error: (21:unable to verify the first certificate)",
    ],
    remedy:
      "Add the private root to the bundle that the proxy is configured with, and reload it; or issue the " +
      "backend's certificate from an authority that is in there already.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 5280 §6.1"],
} satisfies Scenario;
