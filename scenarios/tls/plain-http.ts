import { answer } from "../../harness/faults/content.ts";
import { fin, send } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend speaks plain HTTP on its TLS port",
  cause: "tls_protocol_error",
  upstreams: [belowTls(readClientHello(), send(answer("400 Bad Request", { Connection: "close" })), fin())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "sent" }],
  remedy: { upstreams: [healthy()], proof: [{ act: "request-read" }] },
  story: {
    symptom:
      "After the proxy was switched to https, or the backend's TLS was switched off, every request is a 502 " +
      "though the backend is up and healthy.",
    why:
      "The proxy sends a ClientHello; the backend reads it as a malformed request line and answers 400 in plain " +
      "text. Its first octets, “HTTP/”, are no TLS record: OpenSSL calls that a wrong version number.",
    evidence: [
      "openssl s_client -connect backend:8080 </dev/null → wrong version number",
      "curl -v http://backend:8080/ → 200",
      "nginx: SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number)",
    ],
    remedy: "Give the upstream as http://, or the port on which the backend speaks TLS.",
  },
  spec: ["RFC 9209 §2.3.13", "RFC 9110 §15.6.3", "RFC 8446 §5.1"],
} satisfies Scenario;
