import type { Fault } from "../fault.ts";
import type { ScenarioId } from "../ids.ts";
import { openGrounds } from "../lab/grounds.ts";
import { openFaults } from "../lab/open-labs.ts";
import { openScene } from "../lab/scene.ts";
import { withDeadline } from "../net/deadline.ts";
import { defaultTimers, type Timers } from "../plan.ts";
import type { Note } from "../trial.ts";
import { findScenario } from "./find-scenarios.ts";

export interface StartFaultOptions {
  /** Milliseconds, which the fault's own times are told in terms of; what is left out is 300. */
  readonly timers?: Partial<Timers>;
  readonly seed?: number;
  /** Where the proxy in front listens: a loop sends its requests back there. */
  readonly route?: string | URL;
}

/** A failing upstream without a proxy, for one of your own, or for a client that asks it directly. */
export interface StartedFault extends AsyncDisposable {
  /** `http://host:port`, `https://host:port` or `unix:/path`. Of several upstreams: the first. */
  readonly url: string;
  readonly urls: readonly string[];
  /** `address:port` of the DNS server that knows the name in `url`. Unset: an address needs none. */
  readonly resolver?: string;
  /** PEM file of the authority behind the certificates that are good. */
  readonly ca: string;
  /** Name that the certificate of an `https` upstream is issued for. Unset: the host in `url`. */
  readonly serverName?: string;
  /** Eight hex digits that stand in whatever the upstream sends. */
  readonly nonce: string;
  /** What it has done so far. */
  readonly timeline: readonly Note[];
  /** Resolves when the act has been noted so often. @throws Error after `patience` milliseconds (5,000) */
  noted(act: string, times?: number, patience?: number): Promise<void>;
}

/** Nobody has said where the proxy listens: port 0 is nowhere. */
const nowhere = "http://127.0.0.1:0";

/**
 * Starts a fault, or the upstreams of a scenario, armed. Disposing closes them, forcefully.
 * @throws Error when this machine lacks something, when the scenario has no upstream, or when it needs our own client
 */
export async function startFault(fault: Fault | ScenarioId, options: StartFaultOptions = {}): Promise<StartedFault> {
  const { timers, seed = 1, route = nowhere } = options;
  const upstreams = typeof fault === "string" ? (await findScenario(fault)).upstreams : [fault];
  if (upstreams.some(({ needs }) => needs))
    throw new Error("the fault cannot start: it waits for what our own client is told, which openLab has");
  const lacks = await Promise.all(upstreams.map((upstream) => upstream.missing?.()));
  const lack = lacks.find((missing) => missing !== undefined);
  if (lack !== undefined) throw new Error(`the fault cannot start: ${lack}`);
  await using opening = new AsyncDisposableStack();
  const grounds = opening.use(await openGrounds());
  const scene = opening.use(await openScene({ upstreams }, { grounds, timers: { ...defaultTimers, ...timers }, seed }));
  const [first] = scene.backends;
  if (!first) throw new Error(`${fault} has no upstream that could be started`);
  await Promise.all(scene.backends.map((backend) => backend.arm(new URL(route))));
  scene.timeline.start();
  const { resolver, serverName } = first;
  const open = opening.move();
  const started: StartedFault = {
    url: first.url,
    urls: scene.backends.map(({ url }) => url),
    ...(resolver !== undefined && { resolver }),
    ca: grounds.ca,
    ...(serverName !== undefined && { serverName }),
    nonce: scene.nonce,
    get timeline() {
      return scene.timeline.notes();
    },
    noted: (act, times, patience = 5_000) =>
      withDeadline(scene.timeline.noted(act, times), patience, `The act “${act}” was not noted`),
    [Symbol.asyncDispose]: async () => {
      openFaults.delete(started);
      await open.disposeAsync();
    },
  };
  openFaults.add(started);
  return started;
}
