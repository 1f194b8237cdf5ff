import type { ProxyDriver } from "./driver.ts";
import type { Fault } from "./fault.ts";
import { openGrounds } from "./lab/grounds.ts";
import { openScene } from "./lab/scene.ts";
import { withDeadline } from "./net/deadline.ts";
import { defaultPlan, defaultTimers, type PlanChange, type Timers } from "./plan.ts";
import type { Note } from "./trial.ts";

export interface LabOptions {
  /** What stands in front. */
  readonly proxy: ProxyDriver;
  /** What stands behind: one fault, or several upstreams. */
  readonly upstreams: readonly Fault[];
  readonly plan?: PlanChange;
  /** Milliseconds; what is left out is 300, `total` off. */
  readonly timers?: Partial<Timers>;
  readonly seed?: number;
}

/** A proxy with armed faults behind it, to be asked by any client. */
export interface Lab extends AsyncDisposable {
  /** Where to ask, without a slash at its end. */
  readonly url: string;
  /** What the backends have done so far. */
  readonly timeline: readonly Note[];
  /** Resolves when a backend has noted the act so often. @throws Error after `patience` milliseconds (5,000) */
  noted(act: string, times?: number, patience?: number): Promise<void>;
  /** The proxy's own words so far. */
  said(): Promise<readonly string[]>;
}

/** Opens the faults sound, starts the proxy in front of them, arms them. Disposing closes everything, forcefully. */
export async function openLab({ proxy, upstreams, plan, timers, seed = 1 }: LabOptions): Promise<Lab> {
  const missing = await proxy.missing();
  if (missing) throw new Error(`${proxy.name} cannot start: ${missing}`);
  const run = { ...defaultTimers, ...timers };
  await using opening = new AsyncDisposableStack();
  const grounds = opening.use(await openGrounds());
  const scene = opening.use(await openScene({ upstreams, ...(plan && { plan }) }, { grounds, timers: run, seed }));
  const told = scene.plan(defaultPlan(run, grounds.ca));
  const lack = proxy.cannot?.(told);
  if (lack) throw new Error(`${proxy.name} has no means for ${lack}`);
  const ground = { folder: await grounds.folder(), signal: new AbortController().signal };
  const running = opening.use(await proxy.start([told], ground));
  const [route] = running.routes;
  if (!route) throw new Error(`${proxy.name} serves no route, wanted one`);
  scene.timeline.start();
  await Promise.all(scene.backends.map((backend) => backend.arm(route)));
  const open = opening.move();
  return {
    url: route.origin,
    get timeline() {
      return scene.timeline.notes();
    },
    noted: (act, times, patience = 5_000) =>
      withDeadline(scene.timeline.noted(act, times), patience, `The act “${act}” was not noted`),
    said: () => running.said(0),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
