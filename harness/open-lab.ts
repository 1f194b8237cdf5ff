import type { ProxyDriver } from "./driver.ts";
import type { Fault } from "./fault.ts";
import { putAsks } from "./lab/asks.ts";
import { openGrounds } from "./lab/grounds.ts";
import { madeIn, openLabs } from "./lab/open-labs.ts";
import { asDied } from "./lab/perform.ts";
import { openScene } from "./lab/scene.ts";
import { withDeadline } from "./net/deadline.ts";
import { defaultPlan, defaultTimers, type PlanChange, type Timers } from "./plan.ts";
import type { Ask } from "./scenario.ts";
import type { Exchange, Note } from "./trial.ts";

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

/** One request of our own client, on a connection of its own. */
export type Question = Pick<Ask, "method" | "path" | "fields" | "body" | "expect" | "upgrade">;

/** A proxy with armed faults behind it, to be asked by any client. */
export interface Lab extends AsyncDisposable {
  /** Where to ask, without a slash at its end. */
  readonly url: string;
  /** Eight hex digits that stand in whatever the backends send, and in nothing of the proxy's own making. */
  readonly nonce: string;
  /** Version of the proxy. */
  readonly version: string;
  /** What the backends, and our own client where it was used, have done so far. */
  readonly timeline: readonly Note[];
  /** Resolves when a backend has noted the act so often. @throws Error after `patience` milliseconds (5,000) */
  noted(act: string, times?: number, patience?: number): Promise<void>;
  /** The proxy's own words so far. */
  said(): Promise<readonly string[]>;
  /**
   * Asks with the raw client that the scenarios use, which tells exactly what came back, in time and in octets.
   * @param question one GET of `/` unless told
   * @param patience with everything, in milliseconds (5,000); then the outcome is `hang`
   */
  ask(question?: Question, patience?: number): Promise<Exchange>;
}

/** Opens the faults sound, starts the proxy in front of them, arms them. Disposing closes everything, forcefully. */
export async function openLab({ proxy, upstreams, plan, timers, seed = 1 }: LabOptions): Promise<Lab> {
  const [missing] = await lacking(proxy, ...upstreams);
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
  await Promise.all(scene.backends.map((backend) => backend.arm(route)));
  scene.timeline.start();
  const { nonce, timeline } = scene;
  const open = opening.move();
  const lab: Lab = {
    url: route.origin,
    nonce,
    version: running.version,
    get timeline() {
      return timeline.notes();
    },
    noted: (act, times, patience = 5_000) =>
      withDeadline(timeline.noted(act, times), patience, `The act “${act}” was not noted`),
    said: () => running.said(0),
    async ask(question = {}, patience = 5_000) {
      const note = (act: string, detail?: string) => timeline.note("client", act, detail);
      const [[exchange] = []] = await putAsks([question], [{ route, note }], { nonce, patience, timeline });
      if (!exchange) throw new Error(`${route} was not asked`);
      const known = running.died(0) === undefined ? exchange : asDied(exchange);
      madeIn.set(known, lab);
      return known;
    },
    [Symbol.asyncDispose]: async () => {
      openLabs.delete(lab);
      await open.disposeAsync();
    },
  };
  openLabs.add(lab);
  return lab;
}

/** What this machine lacks for any of them. */
async function lacking(...parts: readonly Pick<Fault, "missing">[]): Promise<string[]> {
  const lacks = await Promise.all(parts.map((part) => part.missing?.()));
  return lacks.filter((lack) => lack !== undefined);
}
