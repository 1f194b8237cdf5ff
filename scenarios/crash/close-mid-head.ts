import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes in the middle of the header section",
  cause: "http_response_incomplete",
  upstreams: [wire(readRequest(), send("HTTP/1.1 200 OK\r\nX-Origin: {nonce}\r\nContent-Le"), fin())],
  claim: "own",
  never: { "a field of the head that never ended": /X-Origin/i },
  proof: [
    { act: "sent", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom: "A 502 although a trace on the backend shows `200 OK` going out.",
    why: "One and a half fields, then FIN. Without the empty line nobody knows what the missing fields would have said: a length, a Set-Cookie, Cache-Control: no-store. The head counts as not received, and nothing of it may stand in the proxy's own answer.",
    evidence: [
      "curl -v http://app:8080/   # < HTTP/1.1 200 OK, < X-Origin … and exit code 0 (curl 7.88): curl does not mind, a proxy must",
      "tcpdump -nA -i any 'tcp port 8080'   # the head stops in the middle of a word, [F.] behind it",
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
      "HAProxy log: termination state SH, status 502",
    ],
    remedy:
      "A header that is computed too late is the usual reason: an exception thrown while fields are being written. Build the head whole, then write it.",
  },
  spec: ["RFC 9209 §2.3.18", "RFC 9112 §8"],
} satisfies Scenario;
