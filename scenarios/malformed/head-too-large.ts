import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A head of 64 KiB, in fields of 1 KiB each",
  cause: "http_response_header_section_size",
  upstreams: [
    wire(
      readRequest(),
      send(
        "HTTP/1.1 200 OK\r\n",
        "X-Origin: {nonce}\r\n",
        "X-Body: 100\r\n",
        `X-Part: ${"x".repeat(1014)}\r\n`.repeat(64),
        "Content-Length: 100\r\n",
        "\r\n",
        body(100),
      ),
    ),
  ],
  claim: ["own", "clean"],
  always: { "all 64 fields": /(?:^X-Part: x{1014}\r\n){64}/im },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "502 after a few hours of work in the application, gone after deleting cookies.",
    why: "No single field is to blame: sixty-four of a harmless size are. The limit that counts is on the section, and it is a property of the hop (RFC 9209 has `http_response_header_section_size` and, for one line, `http_response_header_size`). Set-Cookie lines that are added and never removed are how it comes about.",
    evidence: [
      "curl -s -D - -o /dev/null http://app:8080/ | wc -c   # 65,000 and more",
      "nginx error log: upstream sent too big header; the knob is proxy_buffer_size, not large_client_header_buffers",
      "HAProxy log: 502 … PH--; tune.bufsize less tune.maxrewrite is what a head has",
    ],
    remedy: "Count what each middleware adds; expire old cookies. Raise the limit only when the size is meant.",
  },
  spec: ["RFC 9110 §5.4", "RFC 9209 §2.3.19"],
} satisfies Scenario;
