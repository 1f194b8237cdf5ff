import { healthy } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

/** Claims a failure where there is none: every proxy fails it. */
export default {
  title: "A claim that no proxy can keep",
  cause: "connection_refused",
  upstreams: [healthy()],
  claim: "own",
  proof: [{ act: "request-read" }],
  story: { symptom: "None.", why: "The claim is wrong.", evidence: ["curl -v"], remedy: "Claim clean." },
  spec: ["RFC 9110 §15.3.1"],
} satisfies Scenario;
