import { readRequest, silence } from "../../../../harness/faults/steps.ts";
import { wire } from "../../../../harness/faults/wire.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

const silent = wire(readRequest(), silence());

export default {
  title: "A backend that never answers, and is never closed",
  cause: "connection_read_timeout",
  upstreams: [
    {
      async open(stage) {
        const backend = await silent.open(stage);
        void stage.noted("request-read").then(() => console.error("holding: asked"));
        return {
          ...backend,
          [Symbol.asyncDispose]() {
            console.error("holding: closing");
            return new Promise<never>(() => setInterval(() => {}, 60_000));
          },
        };
      },
    },
  ],
  claim: "own",
  proof: [{ act: "silent" }],
  story: { symptom: "…", why: "…", evidence: ["…"], remedy: "…" },
  spec: ["RFC 9110 §15.6.3"],
} satisfies Scenario;
