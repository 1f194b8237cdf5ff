import type { ProxyDriver } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import { Unplaceable } from "../fault.ts";
import type { Cell, RunOptions } from "../lab.ts";
import { disposeTogether } from "../net/dispose-together.ts";
import type { Limiter } from "../net/limiter.ts";
import { messageOf } from "../net/message-of.ts";
import { defaultPlan, type Plan, type Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { judge, type Verdict } from "../verdict.ts";
import type { Grounds } from "./grounds.ts";
import type { Group } from "./groups.ts";
import { performTrial, type TrialSide } from "./perform.ts";
import { patienceFor, timersFor } from "./room.ts";
import { beginScene, type Place, type Scene, type SceneOptions } from "./scene.ts";
import { mayHang, type Turn, turnOf, untilKernelGivesUp } from "./turn.ts";

/**
 * Milliseconds within which the kernel gives up on a neighbour that does not answer. It takes three seconds, and one
 * more until it notices.
 */
const kernelPatience = 8_000;

/** One driver with all its scenarios, ready to be asked; or several that share what happens at the upstreams. */
export interface Column extends AsyncDisposable {
  /** Cells that are settled before anything is asked: something is missing, or the scene could not be set. */
  readonly settled: readonly Cell[];
  readonly trials: ColumnTrials;
  /** Resolves when every backend is sound, or never will be. */
  readonly sound: Promise<unknown>;
  readonly took: Pick<ColumnTimes, "backends" | "start">;
}

export interface ColumnTrial {
  readonly scenario: NamedScenario;
  /** Gives a cell for each driver. */
  perform(): Promise<Cell[]>;
  /** Resolves when the first ask has come to its end. */
  answered(): Promise<void>;
}

/** The trials of each turn. */
export type ColumnTrials = Readonly<Record<Turn, readonly ColumnTrial[]>>;

/** What a driver's column took, in milliseconds. */
export interface ColumnTimes {
  /** The first one's name, where several share a column. */
  readonly driver: string;
  readonly via: ProxyDriver["via"];
  /** How many further ones share it. */
  readonly others?: number;
  /** Until every backend was open, if not sound. */
  readonly backends: number;
  /** Until the proxy was ready. */
  readonly start: number;
  /** Until all those were asked that must have the machine for themselves. */
  readonly run: number;
  /** Until the last cell was settled, while the next driver had the machine. */
  readonly rest: number;
  /** Until everything was closed. */
  readonly stop: number;
}

export interface ColumnOptions extends RunOptions {
  readonly patience: number;
  /** The proxy has the timers of the run. Otherwise nobody knows how long it may take. */
  readonly timersAreOurs?: true;
  readonly grounds: Grounds;
  readonly signal: AbortSignal;
  /** Of every scene; each has one of its own unless told. */
  readonly nonce?: string;
  /** Where the backends have to be; unset: anywhere. */
  readonly places?: readonly Place[];
  /** Unset: nothing is shared with another column. */
  readonly common?: Common;
}

/** How columns are opened that have something in common. */
export interface Common {
  beginScene(scenario: NamedScenario, options: SceneOptions): Promise<Scene>;
  /** Starts proxies in turn. */
  readonly starting: Limiter;
  /** Milliseconds that one may have to wait for what happens when all others have been answered. */
  readonly patience: number;
}

/** A scenario with its backends open, and what the proxy is told about them. */
interface SetScene {
  readonly scenario: NamedScenario;
  readonly scene: Scene;
  readonly plan: Plan;
  /** What the scenario's own times are told in terms of. */
  readonly timers: Timers;
}

/**
 * Opens every backend, then starts one proxy in front of them all. What fails is a verdict, not an exception. Processes
 * that are backends start meanwhile.
 */
export async function openColumn({ drivers, scenarios }: Group, options: ColumnOptions): Promise<Column> {
  const { grounds, signal } = options;
  const [driver] = drivers;
  const began = performance.now();
  await using opening = new AsyncDisposableStack();
  const opened: Scene[] = [];
  opening.defer(() => disposeTogether(opened)); // some take a while: containers
  const settled: Cell[] = [];
  const settle = (scenario: NamedScenario, kind: Verdict["kind"], why: string): undefined => {
    settled.push(...drivers.map((driver) => ({ scenario, driver, verdict: { kind, why: [why] } })));
  };

  const lacking = await driver.missing();
  const set = async (scenario: NamedScenario): Promise<SetScene | undefined> => {
    if (signal.aborted) return;
    try {
      const missing = lacking ?? (await missingFor(scenario));
      if (missing) return settle(scenario, "skipped", missing);
      if (signal.aborted) return;
      const timers = timersFor(scenario, driver.timers ?? options.timers, driver.unit);
      const begin = options.common?.beginScene ?? beginScene;
      const scene = await begin(scenario, { ...options, timers: timers.run });
      opened.push(scene);
      const plan = scene.plan(defaultPlan(timers.plan, grounds.ca));
      const lack = driver.cannot?.(plan);
      if (lack) {
        await scene[Symbol.asyncDispose](); // nobody else need wait for it
        return settle(scenario, "inapplicable", `${driver.name} has no means for ${lack}`);
      }
      return { scenario, scene, plan, timers: timers.run };
    } catch (error) {
      if (error instanceof Unplaceable)
        return settle(scenario, "inapplicable", `${driver.name} has no means for ${error.message}`);
      return settle(scenario, "void", `the scene could not be set: ${messageOf(error)}`);
    }
  };
  // In the order of the catalogue, not of opening: what runs processes and containers stands early there, and is asked
  // first, since it takes the longest to end.
  const scenes = (await Promise.all(scenarios.map(set))).filter((scene) => scene !== undefined);
  signal.throwIfAborted();
  const backends = performance.now() - began;

  // Not before: what starts takes the processor from what opens, and everything waits for the last to be open.
  const sound = Promise.allSettled(scenes.map(({ scene }) => scene.start())); // `arm` hears of what fails
  const starting = options.common?.starting ?? ((start) => start());
  const started = scenes.length > 0 ? await starting(() => startProxies(drivers, scenes, options)) : [];
  if ("refused" in started) {
    await disposeTogether(opened);
    for (const { scenario } of scenes) settle(scenario, "fail", started.refused);
  }
  const sides = "refused" in started ? [] : started;
  for (const { proxy } of sides) opening.use(proxy);
  const trials = trialsOf(sides, scenes, options); // may throw, for a dialect that is wrong
  const open = opening.move();
  return {
    settled,
    trials,
    sound,
    took: { backends, start: performance.now() - began - backends },
    [Symbol.asyncDispose]: () => open.disposeAsync(), // the proxy first: what is gone must not be connected to
  };
}

function trialsOf(sides: readonly TrialSide[], scenes: readonly SetScene[], options: ColumnOptions): ColumnTrials {
  const trials: Record<Turn, ColumnTrial[]> = { long: [], prompt: [], timed: [], alone: [] };
  const [lead] = sides;
  if (!lead) return trials;
  for (const [route, { scenario, scene, plan, timers }] of scenes.entries()) {
    const expectation = expectationOf(scenario, lead.driver.dialect, lead.proxy.version);
    const proofs = scenario.proof.filter(({ act }) => !expectation.waived.has(act));
    const hanging = options.timersAreOurs && mayHang(expectation.claims);
    const least = untilKernelGivesUp(scenario.at, expectation.at) ? kernelPatience : 0;
    const usual = Math.max(options.patience, least);
    const patience = patienceFor(scenario, usual, { run: timers, plan: plan.timers }, hanging);
    const turn = trials[turnOf(scenario, expectation, lead.driver.unit, plan.timers)];
    const perform = async () => {
      const recorded = await performTrial(scenario, scene, { ...options, sides, route, proofs, plan, patience });
      return sides.flatMap(({ driver }, side) => {
        const trial = recorded[side];
        return trial ? { scenario, driver, trial, verdict: judge(scenario, driver.dialect, driver.unit, trial) } : [];
      });
    };
    // What moves megabytes before it waits begins when nobody is waiting yet.
    turn[scenario.alone ? "unshift" : "push"]({ scenario, perform, answered: () => scene.timeline.noted("answered") });
  }
  return trials;
}

async function startProxies(
  drivers: Group["drivers"],
  scenes: readonly SetScene[],
  { grounds, signal, seed }: ColumnOptions,
): Promise<readonly TrialSide[] | { refused: string }> {
  const [driver, ...others] = drivers;
  try {
    const plans = scenes.map(({ plan }) => plan);
    const ground = { folder: await grounds.folder(), signal, seed };
    if (others.length === 0 || !driver.company) return [{ driver, proxy: await driver.start(plans, ground) }];
    const proxies = await driver.company.start(drivers, plans, ground);
    return proxies.flatMap((proxy, index) => ({ driver: drivers[index] ?? driver, proxy }));
  } catch (error) {
    signal.throwIfAborted();
    return { refused: `${driver.name} did not start: ${messageOf(error)}` };
  }
}

async function missingFor(scenario: NamedScenario): Promise<string | undefined> {
  const lacks = await Promise.all(scenario.upstreams.map((fault) => fault.missing?.()));
  return lacks.find((lack) => lack !== undefined);
}
