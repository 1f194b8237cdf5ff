import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "204 No Content, with content",
  upstreams: [
    wireAgain(
      readRequest(),
      send("HTTP/1.1 204 No Content\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  asks: [{}, { on: "same" }],
  claim: "relayed(204)",
  never: { "octets behind the 204": /\r\n\r\n[\s\S]/ },
  proof: [{ act: "request-read" }, { act: "sent" }],
  story: {
    symptom:
      "DELETE works; the request after it, any request, fails with 502 or gets half a sentence of JSON as its status line.",
    why: "A 204 ends at the empty line, whatever its fields promise (RFC 9112 §6.3). The hundred octets behind it belong to no message. A proxy that waits for them hangs; one that relays them gives the client a broken next response; one that keeps the connection meets them as the next status line. So: relay the 204, drop the rest, close that connection.",
    evidence: [
      "curl -v -X DELETE http://app:8080/items/1   # * Excess found: excess = 100 url = /items/1 (zero-length body)",
      "curl -v http://proxy/ http://proxy/   # two clean 204s on one connection",
      "grep -rn 'status(204).json\\|status(204).send(' src/   # .end() is meant",
    ],
    remedy: "Send 200 with a body, or 204 without one.",
  },
  spec: ["RFC 9112 §6.3 (1)", "RFC 9110 §15.3.5", "RFC 9112 §9.2"],
} satisfies Scenario;
