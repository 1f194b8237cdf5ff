import { timerWords } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Trial } from "../trial.ts";
import type { Verdict } from "../verdict.ts";
import type { Subject } from "./subject.ts";

/**
 * Where nobody has told the proxy's timer, a backend that answered late may have answered in time: such a trial says
 * nothing, and how it can be made to.
 */
export function untimed({ at }: NamedScenario, { means }: Subject, trial: Trial, verdict: Verdict): Verdict {
  if (at === undefined || means.timers[at] !== undefined || verdict.kind !== "fail") return verdict;
  if (!trial.exchanges.every(({ outcome }) => outcome === "clean")) return verdict;
  const took = Math.round(Math.max(...trial.exchanges.map(({ took }) => took)));
  const why = `the backend was waited for (${took} ms): to have it judged, tell the timer for ${timerWords[at]} (timers.${at})`;
  return { kind: "inapplicable", why: [why] };
}
