import { body, chunk, head } from "../../harness/faults/content.ts";
import { fin, pause, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Whole chunks come, but the last one that says “end” does not",
  cause: "http_response_incomplete",
  upstreams: [
    wire(
      readRequest(),
      send(
        head("200 OK", { "X-Body": 100, "Transfer-Encoding": "chunked" }),
        chunk(body(100, 0, 60)),
        chunk(body(100, 60)),
      ),
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
    symptom:
      "Lists that are sometimes shorter than they should be; with a bad proxy in front, without any error at all.",
    why: "Every chunk is intact, and by luck even the whole content has come. But the zero chunk is missing, so there might have been more: the message is incomplete by its framing. The proxy may not add the `0` that the origin never sent.",
    evidence: [
      "curl -v --raw http://app:8080/   # ends with a data chunk; no final 0",
      "curl -v http://gateway/   # curl: (18) transfer closed with outstanding read data remaining",
      "nginx error log: upstream prematurely closed connection while reading upstream",
    ],
    remedy:
      "An application that forgets end(), or a framework that swallows an exception in a generator. Check that the stream is finished on every path, or destroyed.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §7.1", "RFC 9112 §8"],
} satisfies Scenario;
