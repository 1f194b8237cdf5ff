import { healthy } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

/** Demands an act that its backend never does: it is void everywhere. */
export default {
  title: "A fault that does not happen",
  upstreams: [healthy()],
  claim: "clean",
  proof: [{ act: "rst" }],
  story: { symptom: "None.", why: "The proof is wrong.", evidence: ["curl -v"], remedy: "Prove what happens." },
  spec: ["RFC 9110 §15.3.1"],
} satisfies Scenario;
