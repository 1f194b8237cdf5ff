import { refused } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Every backend refuses",
  cause: "connection_refused",
  upstreams: [refused(), refused()],
  plan: { retries: 1 },
  claim: "own",
  proof: [
    { act: "probe-refused", upstream: 1, times: 2 },
    { act: "probe-refused", upstream: 2, times: 2 },
  ],
  remedy: { upstreams: [refused(), healthy()], proof: [{ act: "request-read", upstream: 2, times: 1 }] },
  story: {
    symptom: "Every request gets a 502 at once, from the moment of the deployment or of the power cut on.",
    why:
      "The proxy tries one backend after the other, and each kernel refuses at once. When the last has refused, the first failure is the answer: " +
      "there is no use in beginning again from the front.",
    evidence: [
      "curl -sv http://proxy/ 2>&1 | grep '^< '",
      "badgateway's access line names each backend once: upstream=[http://10.0.0.1:8080 - connection_refused …, http://10.0.0.2:8080 - connection_refused …]",
      "nginx's error log: a line “connect() failed (111: Connection refused)” for each backend, then “no live upstreams while connecting to upstream”",
      "ss -ltn 'sport = :8080'   # on each backend: nobody listens",
    ],
    remedy:
      "Start the application. If all died together, look for what they share: the release, the database they need at start, the machine, a port that was changed in one place only.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
