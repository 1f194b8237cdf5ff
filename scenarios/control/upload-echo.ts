import { echo } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A sound backend: 16 MiB go up and come back, byte for byte",
  upstreams: [wireAgain(echo())],
  asks: [{ method: "POST", path: "/echo", body: 16 * 2 ** 20 }],
  claim: "clean",
  proof: [{ act: "request-read", times: 1 }],
  story: {
    symptom: "None. A proxy that fails here cannot read an answer while it writes a request, or damages uploads.",
    why: "The backend answers before the upload is through and sends back what it gets as it gets it. Both directions are full at once: a proxy that first writes everything and only then reads comes to a standstill with all buffers full, each side waiting for the other.",
    evidence: [
      "curl -s -T file http://gateway/echo | cmp - file   # no output: equal",
      "ss -tn '( dport = :8080 or sport = :80 )'   # a standstill shows as Recv-Q and Send-Q full on both connections",
      "nginx: client_max_body_size gives 413 above 1 MiB unless raised",
    ],
    remedy:
      "Raise or lift the proxy's limit for request bodies where uploads are wanted, and see whether it buffers them first (proxy_request_buffering).",
  },
  spec: ["RFC 9110 §7.5", "RFC 9112 §9.3"],
} satisfies Scenario;
