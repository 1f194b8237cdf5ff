import { tls } from "../../harness/faults/tls.ts";
import { tlsToldAsPlain } from "../../harness/faults/wrong-scheme.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "http:// in the configuration, TLS on the port",
  cause: ["connection_terminated", "http_protocol_error"],
  upstreams: [tlsToldAsPlain()],
  claim: "own",
  proof: [{ act: "handshake-failed" }],
  remedy: { upstreams: [tls()], proof: [{ act: "handshake-done" }, { act: "request-read", times: 1 }] },
  story: {
    symptom: "502 through the proxy, a good page with `curl -k https://app:8443/`: one letter s is missing.",
    why: "The proxy writes `GET / HTTP/1.1` where a ClientHello is due. What comes back depends on the server: Node and Java close without a byte, which looks like a crash; OpenSSL's s_server and Rust's send an alert; nginx, Apache and Go are kind and say in plain HTTP, 400, that this is an HTTPS port. That 400 is the backend's own answer and is relayed.",
    evidence: [
      "curl -v http://app:8443/   # curl: (52) Empty reply from server; or: 400 The plain HTTP request was sent to HTTPS port",
      "openssl s_client -connect app:8443 </dev/null 2>/dev/null | grep -m1 subject   # it has a certificate: TLS it is",
      "node: tlsClientError … ERR_SSL_HTTP_REQUEST (http request), in the backend's log",
    ],
    remedy:
      "`https://` in the upstream, with the authority that signed the backend's certificate and the name it is for.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9209 §2.3.28", "RFC 9110 §4.2"],
} satisfies Scenario;
