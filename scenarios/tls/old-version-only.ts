import { tls } from "../../harness/faults/tls.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend speaks TLS 1.1 at most",
  cause: ["tls_alert_received", "tls_protocol_error"],
  // OpenSSL 3 speaks these versions only at its lowest security level.
  upstreams: [tls({ versions: ["TLSv1", "TLSv1.1"], ciphers: "DEFAULT@SECLEVEL=0" })],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "version-refused" }],
  remedy: { upstreams: [tls({ versions: ["TLSv1.2", "TLSv1.2"] })], proof: [{ act: "handshake-done" }] },
  story: {
    symptom:
      "After an upgrade of the proxy, or of its OpenSSL, an old appliance that worked for years is answered " +
      "with 502.",
    why:
      "The proxy offers TLS 1.2 and above; the backend knows neither and ends the handshake with the fatal " +
      "alert protocol_version (70), or answers with TLS 1.1, which the proxy refuses itself. TLS 1.0 and 1.1 " +
      "are deprecated, and current libraries refuse them unless told otherwise.",
    evidence: [
      "openssl s_client -connect backend:8443 -tls1_2 </dev/null → unsupported protocol, or alert protocol version (70)",
      "openssl s_client -connect backend:8443 -tls1_1 -cipher DEFAULT@SECLEVEL=0 </dev/null → connects",
      "nginx: SSL_do_handshake() failed (SSL: … tlsv1 alert protocol version:SSL alert number 70)",
    ],
    remedy:
      "Upgrade the backend's TLS to 1.2 at least. Where that cannot be, put a terminator beside it instead of " +
      "lowering the proxy for all.",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9209 §2.3.13", "RFC 9110 §15.6.3", "RFC 8996 §4", "RFC 8996 §5"],
} satisfies Scenario;
