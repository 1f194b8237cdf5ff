import { issued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's certificate begins tomorrow",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issued({ days: [1, 90] }) })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls()], proof: [{ act: "handshake-done" }] },
  story: {
    symptom: "A backend fails from its first request on, on one proxy more than on another.",
    why:
      "The certificate's notBefore lies in the future: issued ahead of a change, in a wrong time zone, or good, " +
      "and the proxy's clock is behind. The handshake ends before a request is sent.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null | openssl x509 -noout -startdate",
      "date -u; chronyc tracking",
      "nginx: upstream SSL certificate verify error: (9:certificate is not yet valid)",
    ],
    remedy:
      "Compare notBefore with the clock of the proxy's host; set the clock right, or go back to the certificate " +
      "that is valid today.",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 5280 §4.1.2.5"],
} satisfies Scenario;
