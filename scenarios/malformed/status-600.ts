import { body } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The status code is 600, one beyond the last class",
  cause: "http_protocol_error",
  upstreams: [
    wire(
      readRequest(),
      send("HTTP/1.1 600 Odd\r\n", "X-Origin: {nonce}\r\n", "Content-Length: 100\r\n", "\r\n", body(100)),
    ),
  ],
  claim: ["own", "relayed(600)"],
  always: { "the backend's own reason, or none": /^HTTP\/1\.1 600(?: Odd)? ?\r\n/ },
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "Behind one proxy a 502, behind the next a status 600 which monitoring files under “other”.",
    why: "The grammar is content with three digits; the meaning is not, as codes end at 599. RFC 9110 §15 tells *clients* to treat such a code as a 5xx and is silent on gateways: to refuse it and to relay it are both right. To relay it as something else is not: neither as 200 nor as 500 did the origin say that.",
    evidence: [
      "curl -v http://app:8080/   # < HTTP/1.1 600 Odd",
      "curl -v http://proxy/   # 600 again, or the proxy's 502: that difference is the whole scenario",
      "HAProxy counts it under hrsp_other in `show stat`",
    ],
    remedy: "Use a registered 4xx or 5xx and put the application's finer code into a field or the body (RFC 9457).",
  },
  spec: ["RFC 9110 §15", "RFC 9112 §4"],
} satisfies Scenario;
