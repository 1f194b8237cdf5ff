import { healthy } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

/** Needs what no machine has: it is skipped everywhere. */
export default {
  title: "A fault that needs a program which does not exist",
  upstreams: [{ ...healthy(), missing: async () => "no unobtainium here: apt-get install unobtainium" }],
  claim: "clean",
  proof: [{ act: "request-read" }],
  story: { symptom: "None.", why: "It never runs.", evidence: ["curl -v"], remedy: "None." },
  spec: ["RFC 9110 §15.3.1"],
} satisfies Scenario;
