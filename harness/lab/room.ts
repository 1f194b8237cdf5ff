import type { Timers } from "../plan.ts";
import type { Scenario } from "../scenario.ts";

/** How much longer a timer is that nobody waits for. */
const factor = 3;

/**
 * The timers of a scenario's plan before it changes any. One that speaks of timers gets the run's own; in all others
 * they are not the subject, and get room, so that a busy machine does not answer in the fault's place.
 */
export function timersFor({ at, plan }: Pick<Scenario, "at" | "plan">, run: Timers): Timers {
  if (at !== undefined || plan?.timers !== undefined) return run;
  return {
    resolve: run.resolve * factor,
    connect: run.connect * factor,
    tls: run.tls * factor,
    send: run.send * factor,
    head: run.head * factor,
    idle: run.idle * factor,
    total: run.total * factor,
  };
}
