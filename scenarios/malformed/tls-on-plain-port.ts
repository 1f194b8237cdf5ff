import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend answers plain HTTP with a TLS alert",
  cause: "http_protocol_error",
  // Record type 21 (alert), TLS 1.2, two octets: level 2 (fatal), description 70 (protocol_version).
  upstreams: [wire(readRequest(), send(Uint8Array.of(21, 3, 3, 0, 2, 2, 70)), fin())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 since somebody “switched TLS on” for the application; asked over https, it answers.",
    why: "The TLS server looks for a ClientHello, finds `GET / `, and says in seven octets what it thinks of it: 15 03 03 00 02 02 46. To a reader of HTTP that is a line without an end, so one that waits for a line feed waits for ever. It is no `tls_alert_received` either: the proxy never began a handshake, it got something that is not HTTP.",
    evidence: [
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8443 | xxd   # 1503 0300 0202 46",
      "openssl s_client -connect app:8443 </dev/null   # a handshake, a certificate: it is a TLS port",
      "nginx error log: upstream sent no valid HTTP/1.0 header while reading response header from upstream",
    ],
    remedy:
      "`https://` in the proxy's upstream, together with the authority that it must trust; or the backend's plain port.",
  },
  spec: ["RFC 9112 §4", "RFC 8446 §6", "RFC 9209 §2.3.28"],
} satisfies Scenario;
