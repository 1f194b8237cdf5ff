import { body, head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Half a body that only the close ends: nobody can know",
  upstreams: [wire(readRequest(), send(head("200 OK", { Connection: "close" }), body(100, 0, 50)), pause(200), fin())],
  claim: "silent",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  remedy: {
    upstreams: [
      wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), body(100, 0, 50)), pause(200), fin()),
    ],
    claim: "cut",
    proof: [{ act: "fin", times: 1 }],
  },
  story: {
    symptom: "No error anywhere: 200, exit code 0, a complete response by all the rules, and half of the data.",
    why: "The process dies after 50 octets, and its kernel closes the connection in good order. Under HTTP/1.1 a clean close is the end of such a body, so what is missing is missing without trace. No gateway can do better; it is the origin that has to say how much is coming.",
    evidence: [
      "curl -sv http://gateway/export | tail -1   # the last line is cut, curl is content",
      "curl -sI http://app:8080/export | grep -iE 'content-length|transfer-encoding'   # neither",
      "Only the content tells: a checksum, a closing bracket, a last line that is always the same",
    ],
    remedy:
      "Announce a length, or send chunks. The same crash then shows as a message that breaks off, which every client notices; the run with the remedy shows exactly that.",
  },
  spec: ["RFC 9112 §6.3", "RFC 9112 §8"],
} satisfies Scenario;
