import { body, chunk, lastChunk } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "An HTTP/1.0 answer in chunks",
  cause: "http_response_transfer_coding",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.0 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n",
        chunk(body(100)),
        lastChunk,
      ),
      fin(),
    ),
  ],
  claim: ["own", "clean"],
  never: { "a transfer coding in HTTP/1.0": /^HTTP\/1\.0[\s\S]*\nTransfer-Encoding:/i },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A 502, or a page with a lonely `64` at its top and a `0` at its end.",
    why: "HTTP/1.0 knows no transfer codings: to its readers the chunk sizes are part of the page, to those of 1.1 they are framing. The framing of such a message counts as faulty (RFC 9112 §6.1), whatever else it says. A gateway may refuse it, or take the chunks off and close; it must not relay sizes as content, nor keep that connection.",
    evidence: [
      "curl -s --raw -0 http://app:8080/ | head -1   # 64: a chunk size",
      "curl -s -D - -o /dev/null http://app:8080/ | sed -n '1p;/^[Tt]ransfer-/p'   # HTTP/1.0 beside Transfer-Encoding",
      "ab and old health checkers speak 1.0, so check with what they send, not with curl's default",
    ],
    remedy: "A server must not chunk in an answer to a 1.0 request; let it send a length or close at the end.",
  },
  spec: ["RFC 9112 §6.1", "RFC 9112 §7", "RFC 9209 §2.3.24"],
} satisfies Scenario;
