import { issued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's certificate is valid, for another name",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issued({ name: "other.test" }), versions: ["TLSv1.3", "TLSv1.3"] })],
  claim: "own",
  proof: [{ act: "certificate-shown" }],
  remedy: { upstreams: [tls({ versions: ["TLSv1.3", "TLSv1.3"] })], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "A backend that was moved behind another name, or is addressed by its IP, fails with 502 while its " +
      "certificate is perfectly valid.",
    why:
      "The proxy looks for the name that it is told to reach in the certificate's subjectAltName and finds only " +
      "others. The common name does not count any more. Under TLS 1.3 the server takes the handshake for done: " +
      "only the proxy knows what is wrong.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test -verify_hostname upstream.test </dev/null → verify error:num=62:hostname mismatch",
      "openssl s_client -connect backend:8443 </dev/null | openssl x509 -noout -ext subjectAltName",
      'nginx: upstream SSL certificate does not match "upstream.test"',
    ],
    remedy:
      "Issue the certificate for the name that the proxy uses, or tell the proxy which name to expect (nginx: " +
      "proxy_ssl_name, with proxy_ssl_server_name on).",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 9110 §4.3.4", "RFC 6125 §6"],
} satisfies Scenario;
