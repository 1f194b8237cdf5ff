import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Content-Length is negative",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 200 OK\r\n", "X-Origin: {nonce}\r\n", "Content-Length: -1\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 on streamed answers and on none of the others.",
    why: "`Content-Length = 1*DIGIT`: a sign is no digit. In many an API -1 is the size of a stream whose size is unknown, and here it was printed. A reader that parses it as a signed number waits for a body of less than nothing; one that casts it to unsigned waits for 18 exabytes. As the length is broken, nobody knows where the message ends: 502 and close are mandatory (RFC 9112 §6.3).",
    evidence: [
      "curl -v http://app:8080/stream   # curl: (8) Invalid Content-Length: value",
      'nginx error log (1.23.0 and later): upstream sent invalid "Content-Length" header: "-1"',
      "grep -rn 'contentLength' src/ | grep -- '-1'",
    ],
    remedy: "Leave the field out when the length is unknown; HTTP/1.1 then has chunked.",
  },
  spec: ["RFC 9112 §6.3 (5)", "RFC 9110 §8.6", "RFC 9209 §2.3.28"],
} satisfies Scenario;
