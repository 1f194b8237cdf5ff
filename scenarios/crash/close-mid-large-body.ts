import { body, head } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

const announced = 4 * 2 ** 20;

export default {
  title: "The backend closes after 1 MiB of 4: more than any buffer hides",
  cause: "http_response_incomplete",
  upstreams: [
    wire(readRequest(), send(head("200 OK", { "Content-Length": announced }), body(announced, 0, 2 ** 20)), fin()),
  ],
  claim: "cut",
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "Downloads stop at a quarter. A download manager resumes and finishes; a browser keeps a damaged file.",
    why: "1 MiB overflows the buffers of every proxy, so the head and much of the body are with the client when FIN arrives. No 502 is possible any more, whatever the proxy's buffering. It may only drop the connection once it has passed on what it holds.",
    evidence: [
      "curl -v -o dump http://gateway/dump   # curl: (18) transfer closed with 3145728 bytes remaining to read",
      "curl -C - -o dump http://gateway/dump   # does the origin support ranges? then 206 completes it",
      "nginx error log: upstream prematurely closed connection while reading upstream",
    ],
    remedy:
      "Look for a limit that strikes at a size or after a time: a worker timeout, a memory limit, a disk that fails at one block. Offer ranges and a strong ETag, so that clients can resume safely.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §6.3", "RFC 9110 §14"],
} satisfies Scenario;
