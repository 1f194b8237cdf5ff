import { orAborted } from "../../../../harness/net/or-aborted.ts";
import type { Scenario } from "../../../../harness/scenario.ts";

export default {
  title: "A backend that is never open",
  cause: "connection_read_timeout",
  upstreams: [
    {
      async open({ signal }) {
        console.error("holding: opening");
        return orAborted(signal, new Promise<never>(() => setInterval(() => {}, 60_000)));
      },
    },
  ],
  claim: "own",
  proof: [{ act: "opened" }],
  story: { symptom: "…", why: "…", evidence: ["…"], remedy: "…" },
  spec: ["RFC 9110 §15.6.3"],
} satisfies Scenario;
