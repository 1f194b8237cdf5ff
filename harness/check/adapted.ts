import type { TimerName } from "../plan.ts";
import type { NamedScenario, Proof } from "../scenario.ts";
import { copies } from "./copies.ts";
import type { Subject } from "./subject.ts";

/**
 * A scenario as it is put to a proxy that is not ours. All its upstreams misbehave, however many there are; what a
 * proxy does more often than it should is a finding, not a void trial; and a timer that nobody has told cannot be judged.
 * @param base path below which the proxy is asked, without a slash at its end
 */
export function adapted(scenario: NamedScenario, { upstreams, means }: Subject, base: string): NamedScenario {
  const { at, asks = [{}], ...rest } = scenario;
  const [fault, ...others] = scenario.upstreams;
  return {
    ...rest,
    ...(at !== undefined && isTold(at, means.timers) && { at }),
    upstreams: fault && others.length === 0 && upstreams > 1 ? copies(fault, upstreams) : scenario.upstreams,
    asks: asks.map((ask) => ({ ...ask, path: `${base}${ask.path ?? "/"}` })),
    proof: scenario.proof.map(atLeast),
  };
}

function isTold(name: TimerName, told: Subject["means"]["timers"]): boolean {
  return told[name] !== undefined;
}

function atLeast({ times = 1, ...proof }: Proof): Proof {
  return { ...proof, times: [typeof times === "number" ? times : times[0]] };
}
