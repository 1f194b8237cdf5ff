import { answer } from "../../harness/faults/content.ts";
import { fin, readBytes, readRequestHead, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend refuses an upload with 413 while it is still running, and does it well",
  upstreams: [
    wire(readRequestHead(), readBytes(65_536), send(answer("413 Content Too Large", { Connection: "close" })), fin()),
  ],
  asks: [{ method: "POST", path: "/upload", body: 8 * 2 ** 20 }],
  claim: "relayed(413)",
  proof: [
    { act: "bytes-read", times: 1 },
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "The upload ends early with a clear 413 of the application's own. This is how it should look.",
    why: "A server may answer before the request is complete. It sends the whole 413 with Connection: close, half-closes, and goes on reading what is under way (a lingering close), so that no RST can overtake its answer. The proxy must watch for a response while it still writes.",
    evidence: [
      "curl -v -T big.iso http://gateway/upload   # < HTTP/1.1 413, and the progress meter stops below 100",
      "tcpdump -ni any 'tcp port 8080'   # the 413 and [F.] go left while data still goes right",
      "A proxy that answers 502 here has stopped reading when its write was in the way",
    ],
    remedy:
      "Nothing in the backend. To save the traffic, clients send Expect: 100-continue and learn of the 413 before the first byte of the body; or the proxy gets the same size limit.",
  },
  spec: ["RFC 9110 §15.5.14", "RFC 9112 §9.6", "RFC 9112 §9.5"],
} satisfies Scenario;
