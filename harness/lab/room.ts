import type { Timers } from "../plan.ts";
import type { Scenario } from "../scenario.ts";

/** How much longer a timer is that nobody waits for. */
const factor = 3;

/** The timers of one trial, in milliseconds. */
export interface TrialTimers {
  /** What the scenario's own times are told in terms of. */
  readonly run: Timers;
  /** Those of its plan, before it changes any. */
  readonly plan: Timers;
}

/**
 * A scenario that speaks of timers gets the run's own, as far as the proxy can tell them apart: where 300 ms become a
 * second, an answer that is to come after three times as much comes after three. In all others they are not the
 * subject, and get room, so that a busy machine does not answer in the fault's place.
 * @param unit the grain of the proxy's clock
 */
export function timersFor({ at, plan }: Pick<Scenario, "at" | "plan">, run: Timers, unit: number): TrialTimers {
  if (at === undefined && plan?.timers === undefined)
    return { run, plan: each(run, (timer) => roundedUp(timer * factor, unit)) };
  const known = each(run, (timer) => roundedUp(timer, unit));
  return { run: known, plan: known };
}

/**
 * The client's patience with a request, in milliseconds: one that leaves before a timer has run out, or before the
 * scenario is through, says nothing about either. No scenario's own times add up to six times its timers.
 * @param usual that of the run
 * @param hanging it is expected to hang: once every timer has had the time to run out twice it need not wait longer
 */
export function patienceFor(
  { at }: Pick<Scenario, "at">,
  usual: number,
  { run, plan }: TrialTimers,
  hanging = false,
): number {
  const longest = Math.max(...Object.values(plan));
  const enough = hanging && longest > 0 ? Math.min(usual, 2 * longest) : usual;
  return Math.max(enough, 6 * run.head, at === undefined ? 0 : 2 * plan[at]);
}

function roundedUp(timer: number, unit: number): number {
  return Math.ceil(timer / unit) * unit;
}

function each({ resolve, connect, tls, send, head, idle, total }: Timers, change: (timer: number) => number): Timers {
  return {
    resolve: change(resolve),
    connect: change(connect),
    tls: change(tls),
    send: change(send),
    head: change(head),
    idle: change(idle),
    total: change(total),
  };
}
