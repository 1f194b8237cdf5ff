import { body } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "An answer in HTTP/1.0, ended by the close",
  upstreams: [
    wire(readRequest(), send("HTTP/1.0 200 OK\r\nX-Origin: {nonce}\r\nX-Body: 100\r\n\r\n", body(100)), fin()),
  ],
  claim: "clean",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "None. A proxy that fails here takes the proper end of the body for a crash.",
    why: "HTTP/1.0 has no chunks and here no length: the FIN *is* the end of the message, sent on purpose. The proxy answers in its own version, so it has to frame the body anew (chunks, or a close of its own) and must not keep the upstream connection.",
    evidence: [
      "curl -v --http1.0 http://app:8080/   # < HTTP/1.0 200 OK … Closing connection",
      "curl -v http://gateway/   # < HTTP/1.1 200 OK with Transfer-Encoding: chunked, or Connection: close",
      "python3 -m http.server   # answers like this (with a length): a quick backend for trying it out",
    ],
    remedy:
      "Nothing is broken. Where you can, let the server announce a length: without one a crash in mid-body cannot be told from the end.",
  },
  spec: ["RFC 9112 §6.3", "RFC 9112 §2.3", "RFC 9112 §9.3"],
} satisfies Scenario;
