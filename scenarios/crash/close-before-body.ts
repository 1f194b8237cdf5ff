import { head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend promises a body and closes without one byte of it",
  cause: "http_response_incomplete",
  upstreams: [wire(readRequest(), send(head("200 OK", { "Content-Length": 100 })), pause(200), fin())],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "The monitoring counts 200s; users see an empty page or “net::ERR_CONTENT_LENGTH_MISMATCH”.",
    why: "The head is whole and says Content-Length: 100. 200 ms later comes FIN. The proxy has relayed the head long ago and cannot take the 200 back; all that is left is to break the message off, so that the client can count and see that 100 octets are missing.",
    evidence: [
      "curl -v http://gateway/ -o /dev/null   # curl: (18) … transfer closed with 100 bytes remaining to read",
      "nginx access log: 200 with $body_bytes_sent 0",
      "nginx error log: upstream prematurely closed connection while reading upstream",
      "HAProxy log: status 200, termination state SD",
    ],
    remedy:
      "The application fails while rendering, after the head is out: render first, then send. Alarm on bytes sent against bytes promised, because the status does not show this.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §6.3", "RFC 9112 §8"],
} satisfies Scenario;
