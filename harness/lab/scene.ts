import { randomBytes } from "node:crypto";
import type { Backend } from "../fault.ts";
import { openHop } from "../hop.ts";
import { disposeTogether } from "../net/dispose-together.ts";
import { freshLoopback } from "../net/loopback.ts";
import { openTogether } from "../net/open-together.ts";
import type { Plan, PlanChange, Timers, Trust } from "../plan.ts";
import type { Scenario } from "../scenario.ts";
import type { Stage } from "../stage.ts";
import type { Grounds } from "./grounds.ts";
import { Timeline } from "./timeline.ts";
import { Wires } from "./wires.ts";

/** The backends of one scenario on one driver, open and sound, with the timeline they note on. */
export interface Scene extends AsyncDisposable {
  readonly nonce: string;
  readonly timeline: Timeline;
  readonly wires: Wires;
  readonly backends: readonly Backend[];
  /** Starts those that take a while to be sound; resolves when all of them are. */
  start(): Promise<unknown>;
  /** What the driver is told about them. */
  plan(standard: Omit<Plan, "upstreams">): Plan;
}

export interface SceneOptions {
  readonly grounds: Grounds;
  readonly timers: Timers;
  readonly seed: number;
  /** One of its own making unless told. */
  readonly nonce?: string;
  /** Where the backends have to be, one for each upstream. Unset: anywhere, each scene on an address of its own. */
  readonly places?: readonly Place[];
  /** Breaks the opening off. */
  readonly signal?: AbortSignal;
}

/** An address that a proxy forwards to which is not ours to configure. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** What of a scenario there is to open. */
type Settings = Pick<Scenario, "upstreams" | "plan">;

/** Opens every backend of a scenario sound. */
export async function openScene(scenario: Settings, options: SceneOptions): Promise<Scene> {
  await using opening = new AsyncDisposableStack();
  const scene = opening.use(await beginScene(scenario, options));
  await scene.start();
  opening.move();
  return scene;
}

/** The same, and leaves it to the caller to start what takes a while to be sound. */
export async function beginScene(scenario: Settings, options: SceneOptions): Promise<Scene> {
  const scene = prepare(options);
  await using opening = new AsyncDisposableStack();
  const backends = await openTogether<Backend[]>(
    opening,
    scenario.upstreams.map(async (fault, index) => fault.open(scene.stageOf(index))),
  );
  return scene.with(scenario, backends, opening.move());
}

/**
 * Begins the same scenario for each of several drivers, with a timeline of its own: they share what stands behind the
 * backends.
 * @throws TypeError when one of the faults cannot be shared
 */
export async function beginScenesInCommon(scenario: Settings, all: readonly SceneOptions[]): Promise<readonly Scene[]> {
  const scenes = all.map(prepare);
  await using opening = new AsyncDisposableStack();
  const shared = await Promise.all(
    scenario.upstreams.map(async (fault, index) => {
      const [first, ...others] = scenes.map(({ stageOf }) => stageOf(index));
      if (!fault.openAll || !first) throw new TypeError(`upstream ${index + 1}: wanted a fault that can be shared`);
      const backends = await fault.openAll([first, ...others]);
      opening.defer(() => disposeTogether(backends));
      return backends;
    }),
  );
  opening.move(); // each scene closes its own
  return scenes.map((scene, index) => {
    const backends = shared.flatMap((each) => each[index] ?? []);
    const open = new AsyncDisposableStack();
    open.defer(() => disposeTogether(backends));
    return scene.with(scenario, backends, open);
  });
}

/** Everything of a scene but its backends. */
function prepare(options: SceneOptions) {
  const { grounds, timers, seed, places } = options;
  const { nonce = randomBytes(4).toString("hex"), signal = new AbortController().signal } = options;
  const timeline = new Timeline();
  const wires = new Wires();
  const address = freshLoopback();
  let made: Promise<string> | undefined;
  const folder = () => {
    made ??= grounds.folder();
    return made;
  };
  const stageFor = (who: string, place: Place = { address, port: 0 }): Stage => ({
    nonce,
    seed,
    timers,
    ...place,
    folder,
    authority: grounds.authority,
    signal,
    hop: (order) => openHop({ ...order, address, seed, signature: [["X-Origin", nonce]] }),
    note: (act, detail) => timeline.note(who, act, detail),
    record: (connection) => wires.open(who, connection),
    noted: (act, times) => timeline.noted(act, times),
  });
  return {
    stageOf: (index: number) => stageFor(`upstream ${index + 1}`, places?.[index]),
    with({ plan: change = {} }: Settings, backends: readonly Backend[], open: AsyncDisposable): Scene {
      return {
        nonce,
        timeline,
        wires,
        backends,
        start: () => Promise.all(backends.map((backend) => backend.start?.())),
        plan: (standard) => planFor(backends, change, standard, grounds.clientIdentity, timers),
        [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
      };
    },
  };
}

/** The standard plan with what the backends need and what the scenario changes. */
function planFor(
  backends: readonly Backend[],
  { timers: change, clientCertificate, ...rest }: PlanChange,
  standard: Omit<Plan, "upstreams">,
  identity: NonNullable<Trust["identity"]>,
  runTimers: Timers,
): Plan {
  const resolver = backends.find((backend) => backend.resolver)?.resolver;
  const serverName = backends.find((backend) => backend.serverName)?.serverName;
  return {
    ...standard,
    ...rest,
    upstreams: backends.map(({ url }) => url),
    timers: { ...standard.timers, ...change?.(runTimers) },
    trust: { ...standard.trust, ...(serverName && { serverName }), ...(clientCertificate && { identity }) },
    ...(resolver && { resolver }),
  };
}
