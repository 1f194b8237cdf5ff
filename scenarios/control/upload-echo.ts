import { echo } from "../../harness/faults/steps.ts";
import { wireAgain } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A sound backend: 16 MiB go up and come back, byte for byte",
  upstreams: [wireAgain(echo())],
  asks: [{ method: "POST", path: "/echo", body: 16 * 2 ** 20 }],
  claim: "clean",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  alone: true, // so much traffic would blur the neighbours' timers
  story: {
    symptom:
      "None. A proxy that fails here refuses large uploads, damages them, or counts the time of the upload against a timer that was meant for the answer.",
    why: "The backend reads the whole body before it answers with the same octets. The timer for the head starts when the request is fully written, not when it begins: an upload that takes a minute is not a slow answer. Checksum and length inside the body cover the way up and the way back.",
    evidence: [
      "curl -s -T file http://gateway/echo | cmp - file   # no output: equal",
      "curl -so /dev/null -w '%{speed_upload} %{time_starttransfer}\\n' -T file http://gateway/echo",
      "nginx: client_max_body_size gives 413 above 1 MiB unless raised",
    ],
    remedy:
      "Raise or lift the proxy's limit for request bodies where uploads are wanted. Whether it buffers them first (proxy_request_buffering) decides who waits for a slow client: the proxy or the backend.",
  },
  spec: ["RFC 9110 §8.6", "RFC 9112 §6.2"],
} satisfies Scenario;
