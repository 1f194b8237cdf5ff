import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Content-Length is a word",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 200 OK\r\n", "X-Origin: {nonce}\r\n", "Content-Length: ten\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A 502; or, at proxies that shrug at the value, an empty page with status 200.",
    why: "The length must be decimal digits. `ten` is made up; `undefined`, `NaN`, `[object Object]`, `1,024` and `0x64` have all been seen. With atoi() the word is 0: the body then stands on the connection as the beginning of the *next* response, and the next visitor gets it. The one safe reading is none at all.",
    evidence: [
      "curl -v http://app:8080/   # curl: (8) Invalid Content-Length: value",
      "node: Error [HPE_INVALID_CONTENT_LENGTH]: Parse Error: Invalid character in Content-Length",
      "HAProxy log: 502 … PH--",
    ],
    remedy:
      "Let the server library set the length; whoever sets it by hand wants a test with an empty body and a streamed one.",
  },
  spec: ["RFC 9112 §6.3 (5)", "RFC 9110 §8.6"],
} satisfies Scenario;
