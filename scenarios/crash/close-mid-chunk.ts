import { body, head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes in the middle of a chunk",
  cause: "http_response_incomplete",
  upstreams: [
    wire(
      readRequest(),
      send(head("200 OK", { "Transfer-Encoding": "chunked", "X-Body": 100 }), "64\r\n", body(100, 0, 50)),
      pause(200),
      fin(),
    ),
  ],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "A page generated on the fly stops in the middle of a table.",
    why: "`64` announces a chunk of 100 octets; 50 come, then FIN. A proxy that takes chunks off and puts its own on could tie the 50 up in a neat little chunk and write `0` behind it: then the client would hold half a page and believe it whole. It must leave its own coding unfinished.",
    evidence: [
      "curl -v --raw http://gateway/ | xxd | tail -3   # no 0\\r\\n\\r\\n at the end",
      "curl -v http://gateway/   # curl: (18) transfer closed with outstanding read data remaining",
      "nginx error log: upstream prematurely closed connection while reading upstream",
      "HAProxy log: termination state SD",
    ],
    remedy:
      "Streamed pages cannot change their status any more: handle errors inside the stream, or break it off as here. Never end it as if nothing had happened.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §7.1", "RFC 9112 §8"],
} satisfies Scenario;
