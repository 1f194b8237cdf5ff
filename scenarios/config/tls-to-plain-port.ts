import { fin, send } from "../../harness/faults/steps.ts";
import { belowTls } from "../../harness/faults/tls.ts";
import { readClientHello } from "../../harness/faults/tls-steps.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "https:// in the configuration, plain HTTP on the port",
  cause: "tls_protocol_error",
  upstreams: [
    belowTls(
      readClientHello(),
      send("HTTP/1.1 400 Bad Request\r\n", "X-Origin: {nonce}\r\n", "Connection: close\r\n", "\r\n"),
      fin(),
    ),
  ],
  claim: "own",
  proof: [{ act: "client-hello" }, { act: "sent" }],
  remedy: { upstreams: [healthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom: "502 after a security review: “the proxy now uses https everywhere”. The backends were not told.",
    why: "The backend reads a ClientHello as a request line that begins with 0x16 and says 400, in plain text. That text arrives where TLS expects a record, `H` being no type of record; so the backend's own diagnosis is never seen by anybody, and the log speaks of a wrong version number, which sends people looking for TLS 1.0.",
    evidence: [
      "openssl s_client -connect app:8080 </dev/null   # error:0A00010B:SSL routines::wrong version number",
      "curl -v https://app:8080/   # curl: (35) … wrong version number; with http:// it answers",
      'the backend\'s access log: "\\x16\\x03\\x01\\x02…" 400',
    ],
    remedy: "Configure the scheme together with the port, in one value, so that one cannot change without the other.",
  },
  spec: ["RFC 9209 §2.3.13", "RFC 8446 §5.1", "RFC 9110 §15.6.3"],
} satisfies Scenario;
