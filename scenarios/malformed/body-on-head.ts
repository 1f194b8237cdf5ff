import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "HEAD is answered with a body",
  upstreams: [
    wireAgain(
      readRequest(),
      send("HTTP/1.1 200 OK\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  asks: [{ method: "HEAD" }, { method: "HEAD", on: "same" }],
  claim: "clean",
  never: { "octets of the body": /\r\n\r\n[\s\S]/ },
  proof: [{ act: "request-read" }, { act: "sent" }],
  story: {
    symptom:
      "Uptime checks, which like to ask with HEAD, fail every second time; people with browsers see nothing wrong.",
    why: "The answer to HEAD has the fields of a GET, Content-Length included, and ends with them (RFC 9110 §9.3.2). This server routes HEAD to the handler of GET and forgets to hold the body back. To the proxy the message is over while a hundred octets are under way: leftovers, which must go to nobody, on a connection that must not be used again.",
    evidence: [
      "curl -I -v http://app:8080/   # * Excess found: excess = 100 url = / (zero-length body)",
      "printf 'HEAD / HTTP/1.1\\r\\nHost: app\\r\\n\\r\\n' | nc -w 1 app 8080 | sed '1,/^\\r$/d' | wc -c   # 100, should be 0",
      "for i in 1 2 3 4; do curl -sI -o /dev/null -w '%{http_code}\\n' http://proxy/; done   # 200 each time",
    ],
    remedy: "Answer HEAD in the server library rather than by hand; all of them know how.",
  },
  spec: ["RFC 9110 §9.3.2", "RFC 9112 §6.3 (1)", "RFC 9112 §9.2"],
} satisfies Scenario;
