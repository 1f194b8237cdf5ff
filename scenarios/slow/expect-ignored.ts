import { readRequestHead, silence } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The client waits for 100 Continue, the backend says nothing",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequestHead(), silence())],
  asks: [{ method: "POST", path: "/upload", body: 65_536, expect: true }],
  claim: "own",
  at: "head",
  proof: [
    { act: "request-head-read", times: 1 },
    { act: "silent", times: 1 },
  ],
  story: {
    symptom:
      "Uploads of one client library hang and end in 504; with another library the same upload hangs as well, only a second later.",
    why: "`Expect: 100-continue` means: I hold my body back until you say so. The backend says neither 100 nor anything final. The request is never “fully written”, so a timer that starts at its last byte would never start; it has to run from the head. (curl loses patience after a second and sends the body anyway; others wait on.)",
    evidence: [
      "curl -v -H 'Expect: 100-continue' -T file http://gateway/upload   # > Expect: 100-continue … Done waiting for 100-continue",
      "tcpdump -nA -i any 'tcp port 8080'   # a request head with Expect, no body, no 100",
      "curl -v -H 'Expect:' -T file http://gateway/upload   # without the expectation: does it work then?",
      "nginx answers the 100 itself and takes the field off: behind it the backend never sees the expectation",
    ],
    remedy:
      "Let the server answer 100, or a final status, to every expectation; 417 if it cannot. Until then take the field off in the client or in the proxy.",
  },
  spec: ["RFC 9110 §10.1.1", "RFC 9209 §2.3.10"],
} satisfies Scenario;
