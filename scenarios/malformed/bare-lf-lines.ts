import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Every line of the head ends with LF alone",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 200 OK\n", "X-Origin: {nonce}\n", "X-Body: 100\n", "Content-Length: 100\n", "\n", body(100)),
    ),
  ],
  claim: ["own", "clean"],
  never: { "a line of the head that ends with LF alone": /^HTTP\/1\.\d [^\r\n]*(?:\r\n[^\r\n]+)*\n/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "Works with one proxy, 502 with the next; the script behind it has not been touched for ten years.",
    why: "Heads end their lines with CR LF. A recipient *may* take a lone LF for a line end (RFC 9112 §2.2), so to accept and to refuse are both right, but what goes out to the client must have CR LF again. It is the cheapest source of disagreement there is: one hop sees an empty line where another still reads a value.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | file -   # ASCII text: no “with CRLF line terminators”",
      "node: Error [HPE_CR_EXPECTED]: Parse Error: Missing expected CR after response line",
      "lighttpd error log: HTTP backend response missing CR before LF",
    ],
    remedy:
      'Print "\\r\\n". In a shell script that is printf, as echo has its own idea; in C check that no text mode is on.',
  },
  spec: ["RFC 9112 §2.2", "RFC 9112 §2.1"],
} satisfies Scenario;
