import type { ProxyDriver, RunningProxy } from "../driver.ts";
import { expectationOf } from "../expectation.ts";
import type { Cell, RunOptions } from "../lab.ts";
import { disposeTogether } from "../net/dispose-together.ts";
import { limiter } from "../net/limiter.ts";
import { isTally } from "../outcome.ts";
import { defaultPlan, type Plan } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { judge, type Verdict } from "../verdict.ts";
import { calm } from "./calm.ts";
import type { Grounds } from "./grounds.ts";
import { performTrial } from "./perform.ts";
import { patienceFor, timersFor } from "./room.ts";
import { openScene, type Scene } from "./scene.ts";

/** One driver with all its scenarios, ready to be asked. */
export interface Column extends AsyncDisposable {
  /** Cells that are settled before anything is asked: something is missing, or the scene could not be set. */
  readonly settled: readonly Cell[];
  /** Trials that may run side by side, and those that must run when nothing else does. */
  readonly together: readonly ColumnTrial[];
  readonly alone: readonly ColumnTrial[];
  /** Milliseconds until every backend was open, then until the proxy was ready. */
  readonly took: { readonly backends: number; readonly start: number };
}

export interface ColumnTrial {
  readonly perform: () => Promise<Cell>;
  /**
   * What it waits for, once begun, is a time beside which a moment more is nothing: its client's patience, as its
   * dialect says, or a clock of whole seconds. Others need not wait for it.
   */
  readonly outwaits: boolean;
}

export interface ColumnOptions extends RunOptions {
  readonly patience: number;
  readonly grounds: Grounds;
  readonly signal: AbortSignal;
}

/** A scenario with its backends open, and what the proxy is told about them. */
interface SetScene {
  readonly scenario: NamedScenario;
  readonly scene: Scene;
  readonly plan: Plan;
  readonly patience: number;
}

/** A driver's column before its proxy is started. Disposing closes whatever is open. */
export interface PreparedColumn extends AsyncDisposable {
  /** Opens every backend sound, then starts one proxy in front of them all. What fails is a verdict, not an exception. */
  start(): Promise<Column>;
}

/** Begins to open those backends that take their time elsewhere, in an engine of containers: another driver is asked meanwhile. */
export function prepareColumn(
  driver: ProxyDriver,
  scenarios: readonly NamedScenario[],
  options: ColumnOptions,
): PreparedColumn {
  const { grounds, signal } = options;
  const open = new AsyncDisposableStack();
  const opened: Scene[] = [];
  open.defer(() => disposeTogether(opened)); // some take a while: containers
  const settled: Cell[] = [];
  const settle = (scenario: NamedScenario, kind: Verdict["kind"], why: string) =>
    void settled.push({ scenario, driver, verdict: { kind, why: [why] } });

  const scenes: SetScene[] = [];
  const lacking = driver.missing();
  const beginning = limiter(1);
  const set = async (scenario: NamedScenario) => {
    const missing = (await lacking) ?? (await missingFor(scenario));
    if (missing) return settle(scenario, "skipped", missing);
    try {
      const timers = timersFor(scenario, options.timers, driver.unit);
      await beginning(calm); // what flows elsewhere must not falter
      const scene = await openScene(scenario, { ...options, timers: timers.run });
      opened.push(scene);
      const plan = scene.plan(defaultPlan(timers.plan, grounds.ca));
      const lack = driver.cannot?.(plan);
      if (lack) return settle(scenario, "inapplicable", `${driver.name} has no means for ${lack}`);
      const patience = patienceFor(scenario, options.patience, { run: timers.run, plan: plan.timers });
      scenes.push({ scenario, scene, plan, patience });
    } catch (error) {
      settle(scenario, "void", `the scene could not be set: ${messageOf(error)}`);
    }
  };
  const elsewhere = scenarios.filter(({ upstreams }) => upstreams.some((fault) => fault.elsewhere));
  const opening = Promise.all(elsewhere.map(set));
  opening.catch(() => {}); // told when it is started

  return {
    async start() {
      const began = performance.now();
      await Promise.all([opening, ...scenarios.filter((scenario) => !elsewhere.includes(scenario)).map(set)]);
      signal.throwIfAborted();
      const backends = performance.now() - began;
      const proxy = scenes.length > 0 && (await startProxy(driver, scenes, options));
      if (proxy && "refused" in proxy) for (const { scenario } of scenes) settle(scenario, "fail", proxy.refused);
      const started = proxy && "routes" in proxy ? open.use(proxy) : undefined;
      return {
        settled,
        ...(started ? trialsOf(driver, scenes, started, options) : { together: [], alone: [] }),
        took: { backends, start: performance.now() - began - backends },
        [Symbol.asyncDispose]: () => open.disposeAsync(), // the proxy first: what is gone must not be connected to
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([opening]);
      await open.disposeAsync();
    },
  };
}

function trialsOf(
  driver: ProxyDriver,
  scenes: readonly SetScene[],
  proxy: RunningProxy,
  options: ColumnOptions,
): Pick<Column, "together" | "alone"> {
  const trials = scenes.map(({ scenario, scene, plan, patience }, route) => ({
    scenario,
    ...conduct(scenario, driver, proxy.version),
    async perform(): Promise<Cell> {
      const trial = await performTrial(scenario, scene, { ...options, driver, proxy, route, plan, patience });
      return { scenario, driver, trial, verdict: judge(scenario, driver.dialect, driver.unit, trial) };
    },
  }));
  trials.sort((a, b) => a.turn - b.turn);
  return {
    together: trials.filter(({ scenario }) => !scenario.alone),
    alone: trials.filter(({ scenario }) => scenario.alone),
  };
}

/** Milliseconds: a grain of the proxy's clock from which on it does not matter what else begins meanwhile. */
const coarse = 1_000;

/**
 * When a trial begins, and whether others wait for its end. Clients of which the dialect says that they will hang begin
 * first, since their patience is the longest time of all: where something has to keep flowing until then they are
 * waited for, else not. Whoever waits for a timer begins last: what begins beside it would make its answer late.
 */
function conduct(
  scenario: NamedScenario,
  { dialect, unit }: ProxyDriver,
  version: string,
): { readonly turn: number; readonly outwaits: boolean } {
  const { at, claims } = expectationOf(scenario, dialect, version);
  const hangs = claims.some((claim) => !isTally(claim) && [claim].flat().every((word) => word === "hang"));
  const timed = scenario.at !== undefined;
  const outwaits = (hangs && (!timed || scenario.alone === true)) || (unit >= coarse && at !== undefined);
  return { turn: hangs !== (scenario.alone === true) ? 0 : timed ? 2 : 1, outwaits };
}

async function startProxy(
  driver: ProxyDriver,
  scenes: readonly SetScene[],
  { grounds, signal }: ColumnOptions,
): Promise<RunningProxy | { refused: string }> {
  try {
    const plans = scenes.map(({ plan }) => plan);
    return await driver.start(plans, { folder: await grounds.folder(), signal });
  } catch (error) {
    signal.throwIfAborted();
    return { refused: `${driver.name} did not start: ${messageOf(error)}` };
  }
}

async function missingFor(scenario: NamedScenario): Promise<string | undefined> {
  const lacks = await Promise.all(scenario.upstreams.map((fault) => fault.missing?.()));
  return lacks.find((lack) => lack !== undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
