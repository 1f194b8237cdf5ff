import { answer, body, head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { tls } from "../../harness/faults/tls.ts";
import { finWithoutCloseNotify } from "../../harness/faults/tls-steps.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A body that ends with its connection is cut off without close_notify",
  cause: "http_response_incomplete",
  upstreams: [
    tls(
      {},
      readRequest(),
      send(head("200 OK", { Connection: "close" }), body(100, 0, 40)),
      pause(200),
      finWithoutCloseNotify(),
    ),
  ],
  // RFC 9112 §9.8 calls the response incomplete; it is not said that a recipient must treat it as an error.
  claim: ["cut", "silent"],
  proof: [{ act: "request-read" }, { act: "fin-without-close-notify" }],
  remedy: { upstreams: [tls({}, readRequest(), send(answer()), fin())], proof: [{ act: "fin" }] },
  story: {
    symptom: "Downloads through the proxy are now and then too short, with status 200 and no error in any log.",
    why:
      "A body without Content-Length and without chunks ends where the connection ends. Over TLS that end is " +
      "authentic only with the alert close_notify before it; a bare FIN is what a dying process, or an " +
      "attacker, leaves. Many proxies cannot tell, or do not want to, and pass the piece on as the whole.",
    evidence: [
      "openssl s_client -connect backend:8443 -quiet → the response, then: unexpected eof while reading",
      "curl https://upstream.test:8443/ | wc -c → too few octets, exit code 0: curl does not tell either",
      "tcpdump: the last record before the FIN is no alert (type 21)",
    ],
    remedy:
      "Have the backend send Content-Length or chunks, so that the message carries its own end; have it close " +
      "TLS properly.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §9.8", "RFC 8446 §6.1"],
} satisfies Scenario;
