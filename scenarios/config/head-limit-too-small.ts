import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A sound response head of 8 KiB, a proxy that takes 4",
  cause: "http_response_header_section_size",
  plan: { headLimit: 4_096 },
  upstreams: [
    wireAgain(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        `Set-Cookie: part=${"x".repeat(1000)}; Path=/; Secure\r\n`.repeat(8),
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
  remedy: {
    plan: { headLimit: 16_384 },
    proof: [{ act: "sent", times: 1 }],
  },
  story: {
    symptom: "502 right after the login and on no other page; developers, who go past the proxy, cannot reproduce it.",
    why: "The identity provider's token is cut into cookies, eight of them, all set at once on the way back. The head is legal, the backend is fine: the limit is a setting of the proxy, in nginx one page of memory by default. It is the most frequent “upstream sent too big header” there is, and no restart of the backend has ever cured it.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/callback | wc -c   # 8,340: more than 4,096",
      "nginx error log: upstream sent too big header while reading response header from upstream",
      "Proxy-Status: gateway; error=http_response_header_section_size",
    ],
    remedy: "Raise the limit (nginx: proxy_buffer_size 16k, with proxy_buffers to match), and put less into cookies.",
  },
  spec: ["RFC 9209 §2.3.19", "RFC 9110 §5.4"],
} satisfies Scenario;
