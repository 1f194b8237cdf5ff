import { body, head } from "../../harness/faults/content.ts";
import { readRequest, send, silence } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Head and half the body, then silence",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), body(100, 0, 50)), silence())],
  claim: "cut",
  at: "idle",
  proof: [
    { act: "sent", times: 1 },
    { act: "silent", times: 1 },
  ],
  story: {
    symptom: "A download freezes at some percentage and breaks off a minute later; the access log says 200.",
    why: "The status is out, so no 504 can be sent any more. When no byte has come for the length of the idle timer, the proxy gives up and closes towards the client, 50 octets short. Without such a timer both would wait for ever.",
    evidence: [
      "curl -v http://gateway/file -o file   # stalls, then curl: (18) … 50 bytes remaining to read",
      "ss -tno '( dport = :8080 )'   # at the proxy: established, nothing queued on either side",
      "nginx error log: upstream timed out (110: Connection timed out) while reading upstream",
      "HAProxy log: status 200, termination state sD",
    ],
    remedy:
      "Find what stops the writer: a cursor that waits for a lock, a disk, a stream whose source has gone quiet. Streams that are quiet by nature need a heartbeat within the idle timer.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9112 §8"],
} satisfies Scenario;
