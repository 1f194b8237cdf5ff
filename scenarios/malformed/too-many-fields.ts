import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Three thousand short fields",
  cause: "http_response_header_section_size",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        "X-F: v\r\n".repeat(3_000),
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  // Room for them all: their number alone is in question, not their size.
  plan: { headLimit: 65_536 },
  claim: ["own", "clean"],
  always: {
    "all 3,000 fields": /(?:^X-F: v\r\n){3000}/im,
    "the field behind them, or another framing": /^(?:Content-Length: 100|Transfer-Encoding: chunked)\r$/im,
  },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "Nothing fails. But a Set-Cookie, a CSP, a Cache-Control is missing behind the proxy, on large answers only.",
    why: "In octets it is little, in lines it is much, and tables of headers are often of fixed size: HAProxy has room for 101, Node keeps the first 1,000 and throws the others away without a word. A field that vanishes may be the one which forbids a cache to store the page. Refuse, or relay every one.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | wc -l; curl -s -D - -o /dev/null http://proxy/ | wc -l   # compare",
      "HAProxy log: 502 … PH--; tune.http.maxhdr 101",
      "node: http.get(url, { maxHeadersCount: 0 })   # 0 takes the limit away; the default drops silently",
    ],
    remedy:
      "Fix the loop which appends where it should set. And test a proxy for dropped fields, as this scenario does.",
  },
  spec: ["RFC 9110 §5.4", "RFC 9110 §5.1", "RFC 9209 §2.3.19"],
} satisfies Scenario;
