import { issued } from "../../harness/faults/certificate.ts";
import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A certificate for another name, met twice with session resumption",
  cause: "tls_certificate_error",
  upstreams: [tls({ certificate: issued({ name: "other.test" }), versions: ["TLSv1.2", "TLSv1.2"] })],
  asks: [{}, {}],
  claim: "own",
  proof: [{ act: "client-hello", times: [2, 8] }],
  remedy: {
    upstreams: [tls({ versions: ["TLSv1.2", "TLSv1.2"] })],
    proof: [{ act: "handshake-done" }, { act: "request-read", times: 2 }],
  },
  story: {
    symptom:
      "The first request to a backend with the wrong certificate is a 502, as it must be; the following ones " +
      "succeed.",
    why:
      "Under TLS 1.2 the backend hands out a session ticket before the proxy has compared names. A client that " +
      "keeps the ticket resumes the session on the next connection; the server then shows no certificate, and a " +
      "library that checks names only in full handshakes (Node's tls does) lets it pass.",
    evidence: [
      "openssl s_client -connect backend:8443 -tls1_2 -servername upstream.test -sess_out s.pem </dev/null",
      "openssl s_client -connect backend:8443 -tls1_2 -servername upstream.test -sess_in s.pem </dev/null → Reused, TLSv1.2",
      "the backend's log: the second handshake is a resumed one",
    ],
    remedy:
      "Keep a session only after its certificate has been verified, names included; or switch resumption " +
      "towards upstreams off (nginx: proxy_ssl_session_reuse off).",
  },
  spec: ["RFC 9209 §2.3.14", "RFC 9110 §15.6.3", "RFC 9110 §4.3.4"],
} satisfies Scenario;
