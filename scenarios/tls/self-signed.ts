import { selfIssued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's certificate is signed with its own key",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: selfIssued() })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls()], proof: [{ act: "handshake-done" }] },
  story: {
    symptom: "It works with curl -k and in the browser after a click; through the proxy every request is a 502.",
    why:
      "A self-signed certificate names nobody who vouches for it. Whoever verifies has no way from it to an " +
      "authority that it trusts, and ends the handshake.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test -verify_return_error </dev/null → verify error:num=18:self-signed certificate",
      "nginx: upstream SSL certificate verify error: (18:self-signed certificate)",
    ],
    remedy:
      "Give the backend a certificate of an authority that the proxy trusts, or make this very certificate a " +
      "trusted one. Do not switch verification off: then anybody on the path is trusted.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 5280 §6.1"],
} satisfies Scenario;
