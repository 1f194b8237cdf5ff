import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend demands a client certificate under TLS 1.3, and the proxy has none",
  cause: ["tls_alert_received", "connection_terminated"],
  upstreams: [tls({ versions: ["TLSv1.3", "TLSv1.3"], clientCertificate: "required" })],
  claim: "own",
  racy: "the alert comes after the proxy takes the handshake for done; a request already on its way makes it an RST",
  proof: [{ act: "certificate-shown" }, { act: "no-client-certificate" }],
  remedy: { plan: { clientCertificate: true }, proof: [{ act: "handshake-done" }, { act: "request-read" }] },
  story: {
    symptom:
      "The same 502 as under TLS 1.2, but its reason in the log changes from request to request: an alert, a " +
      "reset, a closed connection.",
    why:
      "Under TLS 1.3 the proxy has finished its side before the backend looks at its empty certificate list. " +
      "The alert certificate_required (116) then meets the request on the wire; if the backend closes with the " +
      "request unread, an RST may throw the alert away.",
    evidence: [
      "openssl s_client -connect backend:8443 -tls1_3 → the handshake looks done, then alert certificate required (116) on the first read",
      "openssl s_client -connect backend:8443 -tls1_3 -cert proxy.pem -key proxy.key </dev/null → connects",
      "nginx: SSL_read() failed (SSL: … tlsv13 alert certificate required:SSL alert number 116) while reading response header",
    ],
    remedy:
      "Give the proxy a certificate of an authority that the backend trusts. To see the true reason, ask once " +
      "with TLS 1.2.",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9209 §2.3.8", "RFC 9110 §15.6.3", "RFC 8446 §4.4.2.4"],
} satisfies Scenario;
