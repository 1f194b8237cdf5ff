import type { NamedScenario } from "../scenario.ts";
import type { Trial } from "../trial.ts";
import { missingProof, type Verdict } from "../verdict.ts";

/**
 * A proxy that does not use its connections again, or has several of them, cannot be made to meet a fault between two
 * requests: of such a trial nothing is missing but what a later request would have brought about.
 */
export function onOneConnection({ proof }: NamedScenario, trial: Trial, verdict: Verdict): Verdict {
  if (verdict.kind !== "void" || trial.spoiled !== undefined || trial.connections.length < 2) return verdict;
  const unproven = proof.filter((each) => missingProof(each, trial.timeline).length > 0);
  if (unproven.length === 0 || unproven.some(({ ask = 1 }) => ask === 1)) return verdict;
  return { kind: "inapplicable", why: ["the proxy put its requests on several connections to the backend"] };
}
