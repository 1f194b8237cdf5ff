import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The status code is 000",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 000 Nil\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "The dashboard counts requests with status 0, users see a 502; nobody finds a 0 in the application.",
    why: "Three digits it has, so the grammar of the line lets it pass, but no class of status begins with 0: valid codes are 100 to 599 (RFC 9110 §15). In most programs zero means “not set yet”: an answer was written before anybody decided on it. In the log of many proxies and in `curl -w` 000 says “no answer at all”, so that a relayed one sends people on a hunt for network trouble.",
    evidence: [
      "curl -sw '%{http_code}\\n' http://app:8080/   # 000, which is also what a refused connection prints; -v: Unsupported response code",
      "tcpdump -A -ni any 'tcp src port 8080' | grep 'HTTP/1.1 000'   # but this one really is on the wire",
      "grep -rn 'status = 0\\|StatusCode: 0' src/",
    ],
    remedy: "Give the response object a default of 500 rather than 0: who forgets to set it then gets an honest error.",
  },
  spec: ["RFC 9110 §15", "RFC 9112 §4", "RFC 9209 §2.3.28"],
} satisfies Scenario;
