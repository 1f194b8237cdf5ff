import { body, head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes after 40 of 100 octets of body",
  cause: "http_response_incomplete",
  upstreams: [
    wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), body(100, 0, 40)), pause(200), fin()),
  ],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "Half a JSON document, half an image. Clients that do not check lengths store it.",
    why: "40 octets follow the head, then FIN in place of the other 60. The end of the connection is not the end of the message: Content-Length is, and it has not been reached. The proxy must close towards its client just as short, or reset; never pad, never fall silent.",
    evidence: [
      "curl -sv http://gateway/ | wc -c   # 40, and curl: (18) … 60 bytes remaining to read",
      "tcpdump -ni any 'tcp port 8080'   # [P.] length 100, 200 ms later [F.]",
      "nginx error log: upstream prematurely closed connection while reading upstream",
      "HAProxy log: termination state SD",
    ],
    remedy:
      "The worker died in mid-answer: see its log. A client must treat the message as incomplete and may repeat the GET; so may a proxy that has not begun to relay.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §6.3", "RFC 9112 §8"],
} satisfies Scenario;
