import { Unplaceable } from "../fault.ts";
import type { Cell, RunOptions } from "../lab.ts";
import { disposeTogether } from "../net/dispose-together.ts";
import { defaultPlan, type Plan } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { judge, type Verdict } from "../verdict.ts";
import type { Grounds } from "./grounds.ts";
import type { Group } from "./groups.ts";
import { performTrial, type TrialSide } from "./perform.ts";
import { patienceFor, timersFor } from "./room.ts";
import { openScene, type Place, type Scene } from "./scene.ts";

/** One driver with all its scenarios, ready to be asked; or several that share what happens at the upstreams. */
export interface Column extends AsyncDisposable {
  /** Cells that are settled before anything is asked: something is missing, or the scene could not be set. */
  readonly settled: readonly Cell[];
  /** Trials that may run side by side, and those that must run when nothing else does. */
  readonly together: readonly (() => Promise<Cell[]>)[];
  readonly alone: readonly (() => Promise<Cell[]>)[];
}

export interface ColumnOptions extends RunOptions {
  readonly patience: number;
  readonly grounds: Grounds;
  readonly signal: AbortSignal;
  /** Of every scene; each has one of its own unless told. */
  readonly nonce?: string;
  /** Where the backends have to be; unset: anywhere. */
  readonly places?: readonly Place[];
}

/** A scenario with its backends open, and what the proxy is told about them. */
interface SetScene {
  readonly scenario: NamedScenario;
  readonly scene: Scene;
  readonly plan: Plan;
  readonly patience: number;
}

/** Opens every backend sound, then starts one proxy in front of them all. What fails is a verdict, not an exception. */
export async function openColumn({ drivers, scenarios }: Group, options: ColumnOptions): Promise<Column> {
  const { signal, grounds } = options;
  const [driver] = drivers;
  const settled: Cell[] = [];
  await using opening = new AsyncDisposableStack();
  const opened: Scene[] = [];
  opening.defer(() => disposeTogether(opened)); // some take a while: containers
  const settle = (scenario: NamedScenario, kind: Verdict["kind"], why: string) =>
    void settled.push(...drivers.map((driver) => ({ scenario, driver, verdict: { kind, why: [why] } })));

  const lacking = await driver.missing();
  const scenes: SetScene[] = [];
  await Promise.all(
    scenarios.map(async (scenario) => {
      const missing = lacking ?? (await missingFor(scenario));
      if (missing) return settle(scenario, "skipped", missing);
      try {
        const timers = timersFor(scenario, driver.timers ?? options.timers, driver.unit);
        const scene = await openScene(scenario, { ...options, timers: timers.run });
        opened.push(scene);
        const plan = scene.plan(defaultPlan(timers.plan, grounds.ca));
        const lack = driver.cannot?.(plan);
        if (lack) return settle(scenario, "inapplicable", `${driver.name} has no means for ${lack}`);
        const patience = patienceFor(scenario, options.patience, { run: timers.run, plan: plan.timers });
        scenes.push({ scenario, scene, plan, patience });
      } catch (error) {
        if (error instanceof Unplaceable)
          return settle(scenario, "inapplicable", `${driver.name} has no means for ${error.message}`);
        settle(scenario, "void", `the scene could not be set: ${messageOf(error)}`);
      }
    }),
  );
  signal.throwIfAborted();

  const started = scenes.length > 0 && (await startProxies(drivers, scenes, options));
  if (started && "refused" in started) for (const { scenario } of scenes) settle(scenario, "fail", started.refused);
  const trials: { scenario: NamedScenario; perform: () => Promise<Cell[]> }[] = [];
  if (started && "sides" in started) {
    const { sides } = started;
    for (const { proxy } of sides) opening.use(proxy);
    for (const [route, { scenario, scene, plan, patience }] of scenes.entries()) {
      const perform = async (): Promise<Cell[]> => {
        const recorded = await performTrial(scenario, scene, { ...options, sides, route, plan, patience });
        return recorded.flatMap((trial, side) => {
          const driver = sides[side]?.driver;
          return driver
            ? { scenario, driver, trial, verdict: judge(scenario, driver.dialect, driver.unit, trial) }
            : [];
        });
      };
      trials.push({ scenario, perform });
    }
  }
  // Those that wait for a timer go last: whatever begins beside them would make their answers late.
  trials.sort((a, b) => Number(a.scenario.at !== undefined) - Number(b.scenario.at !== undefined));
  const open = opening.move();
  return {
    settled,
    together: trials.filter(({ scenario }) => !scenario.alone).map(({ perform }) => perform),
    alone: trials.filter(({ scenario }) => scenario.alone).map(({ perform }) => perform),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function startProxies(
  drivers: Group["drivers"],
  scenes: readonly SetScene[],
  { grounds, signal, seed }: ColumnOptions,
): Promise<{ sides: readonly TrialSide[] } | { refused: string }> {
  const [driver, ...others] = drivers;
  try {
    const plans = scenes.map(({ plan }) => plan);
    const ground = { folder: await grounds.folder(), signal, seed };
    if (others.length === 0 || !driver.company) {
      return { sides: [{ driver, proxy: await driver.start(plans, ground) }] };
    }
    const proxies = await driver.company.start(drivers, plans, ground);
    return { sides: proxies.flatMap((proxy, index) => ({ driver: drivers[index] ?? driver, proxy })) };
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
