import { readRequest, silence } from "../../../../harness/faults/steps.ts";
import { healthy, wire } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

export default {
  title: "A backend that reads the request and never answers",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequest(), silence())],
  claim: "own",
  at: "head",
  proof: [{ act: "silent" }],
  remedy: { upstreams: [healthy()] },
  story: { symptom: "A 504.", why: "No head comes.", evidence: ["curl -v"], remedy: "Answer." },
  spec: ["RFC 9110 §15.6.5"],
} satisfies Scenario;
