import { healthy } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

export default {
  title: "A healthy backend",
  upstreams: [healthy()],
  claim: "clean",
  proof: [{ act: "request-read" }],
  story: { symptom: "None.", why: "Nothing is wrong.", evidence: ["curl -v"], remedy: "None." },
  spec: ["RFC 9110 §15.3.1"],
} satisfies Scenario;
