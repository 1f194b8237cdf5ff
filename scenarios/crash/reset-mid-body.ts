import { body, head } from "../../harness/faults/content.ts";
import { pause, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets after 40 of 100 octets of body",
  cause: "connection_terminated",
  upstreams: [
    wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), body(100, 0, 40)), pause(200), rst()),
  ],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "rst", times: 1 },
  ],
  story: {
    symptom: "Broken answers in the moment of a deploy; the proxy's log names resets.",
    why: "RST instead of FIN: the process was killed with input unread, or a box in between dropped the connection and said so. For the message it is the same, 60 octets are missing; for you it is another trace to follow.",
    evidence: [
      "curl -v http://gateway/   # curl: (18) … 60 bytes remaining to read, or (56) Recv failure",
      "tcpdump -ni any 'tcp port 8080 and tcp[tcpflags] & tcp-rst != 0'",
      "nginx error log: readv() failed (104: Connection reset by peer) while reading upstream",
      "kubectl describe pod app | grep -A5 'Last State'   # Exit Code 137: killed, no time to finish",
    ],
    remedy:
      "Give the process time to finish what it has begun: stop accepting, drain, then exit, within the grace period of whoever stops it.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §8"],
} satisfies Scenario;
