import { fin, send } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { fatalAlert, readClientHello } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend does not know the name that the proxy asks for",
  cause: "tls_alert_received",
  upstreams: [belowTls(readClientHello(), send(fatalAlert("unrecognized_name")), fin())],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "sent" }],
  story: {
    symptom:
      "The backend answers well under its public name; through the proxy, which addresses it by an internal " +
      "one, every request is a 502.",
    why:
      "In the ClientHello the proxy names the server it wants (SNI). The backend has no such virtual server and " +
      "no default one, and sends the fatal alert unrecognized_name (112). Without any SNI many servers do the " +
      "same.",
    evidence: [
      "openssl s_client -connect backend:8443 -servername upstream.test </dev/null → alert unrecognized name, SSL alert number 112",
      "openssl s_client -connect backend:8443 -servername www.example.com </dev/null → connects",
      "nginx: SSL_do_handshake() failed (SSL: … tlsv1 unrecognized name:SSL alert number 112)",
    ],
    remedy:
      "Make the proxy send the name that the backend serves (nginx: proxy_ssl_server_name on, proxy_ssl_name), " +
      "or teach the backend the internal name.",
  },
  spec: ["RFC 9209 §2.3.15", "RFC 9110 §15.6.3", "RFC 6066 §3"],
} satisfies Scenario;
