import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A status line without a reason phrase",
  upstreams: [
    wireAgain(
      readRequest(),
      send("HTTP/1.1 200 \r\nX-Origin: {nonce}\r\nX-Body: 100\r\nContent-Length: 100\r\n\r\n", body(100)),
    ),
  ],
  claim: "clean",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "None. A strict parser that rejects it would make a 502 of a good answer.",
    why: "`HTTP/1.1 200 ` with the space and nothing behind it is exactly what the grammar asks of a server that has nothing to say. HTTP/2 and 3 have no phrase at all, so whatever translates back from them sends it like this. Nobody may rely on the phrase.",
    evidence: [
      "curl -sI http://app:8080/ | head -1 | xxd   # 4854 5450 2f31 2e31 2032 3030 200d 0a: a space, then CRLF",
      "curl -v http://gateway/   # < HTTP/1.1 200, with a phrase of the proxy's or without",
    ],
    remedy: "Nothing to repair, so long as the space is there. Read the number, never the phrase.",
  },
  spec: ["RFC 9112 §4"],
} satisfies Scenario;
