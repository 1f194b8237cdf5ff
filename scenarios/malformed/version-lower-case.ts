import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The version is written in lower case: http/1.1",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send(
        "http/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 from a firmware or a server written over a weekend; a forgiving client shows the page.",
    why: "`HTTP-name = %x48.54.54.50`: the four octets are given as numbers exactly because “HTTP” in quotes would allow any case in ABNF. Field names may be written as one likes, this word may not. A proxy that forgives it leaves the next hop to decide, and two hops that disagree on what is a response are what smuggling needs.",
    evidence: [
      "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 app 8080 | head -c 8   # http/1.1",
      "curl -v http://app:8080/   # * HTTP 1.0, assume close after body: it forgives, and guesses the version",
      "python3 -c \"import http.client as h; c=h.HTTPConnection('app',8080); c.request('GET','/'); c.getresponse()\"   # BadStatusLine: http/1.1 200 OK",
    ],
    remedy: "Write it in capitals; look also for a middleware that lower-cases whole heads and not just field names.",
  },
  spec: ["RFC 9112 §2.3", "RFC 9112 §4", "RFC 9209 §2.3.28"],
} satisfies Scenario;
