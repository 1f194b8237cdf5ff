import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The status line has a version and nothing else",
  cause: "http_protocol_error",
  upstreams: [
    wire(readRequest(), send("HTTP/1.1\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100))),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A 502 on one endpoint; fields and body look right in the capture, so nobody looks at the first line.",
    why: "`status-line = HTTP-version SP status-code SP [ reason-phrase ]`: the reason may be empty, the code may not. A program that formats `HTTP/1.1 %s` with an empty string and trims the line sends exactly this. To call it a 200 because a body follows would turn an error into a success, and a cache would keep it.",
    evidence: [
      "curl -v http://app:8080/   # curl: (1) Unsupported HTTP version in response",
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | head -1 | xxd   # 4854 5450 2f31 2e31 0d0a and that is all",
      "HAProxy log: 502 … PH--, and `show errors` on the stats socket prints the offending line",
    ],
    remedy: "Never put a status line together from a variable that may be empty; let the HTTP library do it.",
  },
  spec: ["RFC 9112 §4", "RFC 9209 §2.3.28"],
} satisfies Scenario;
