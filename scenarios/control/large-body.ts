import { answer } from "../../harness/faults/content.ts";
import { readRequest, send } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A sound backend: 16 MiB, byte for byte",
  upstreams: [wireAgain(readRequest(), send(answer("200 OK", {}, 16 * 2 ** 20)))],
  claim: "clean",
  proof: [{ act: "request-read", times: 1 }],
  alone: true, // so much traffic would blur the neighbours' timers
  story: {
    symptom: "None. A proxy that fails here damages large answers: it truncates, repeats or swaps pieces.",
    why: "16 MiB are more than the buffers of proxy and kernels hold together, so the backend has to wait for the client: backpressure is at work all the way. The content repeats at a prime length, so that a swapped or doubled buffer changes the checksum.",
    evidence: [
      "curl -s http://gateway/file | sha256sum; curl -s http://app:8080/file | sha256sum   # the same",
      "df -h /var/lib/nginx /var/cache   # a proxy that spills to disk fails when the disk is full",
      "nginx error log (warn): an upstream response is buffered to a temporary file",
    ],
    remedy:
      "If only large answers break: temporary files (disk full, permissions of proxy_temp_path), a size limit, a total timer.",
  },
  spec: ["RFC 9112 §6.2", "RFC 9110 §8.6"],
} satisfies Scenario;
