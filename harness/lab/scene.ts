import { randomBytes } from "node:crypto";
import type { Backend } from "../fault.ts";
import { openHop } from "../hop.ts";
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

/** Opens every backend of a scenario sound. */
export async function openScene(scenario: Pick<Scenario, "upstreams" | "plan">, options: SceneOptions): Promise<Scene> {
  const { grounds, timers, seed, places } = options;
  const { nonce = randomBytes(4).toString("hex"), signal = new AbortController().signal } = options;
  const timeline = new Timeline();
  const wires = new Wires();
  const address = freshLoopback();
  const folder = await grounds.folder();
  const stageOf = (who: string, place: Place = { address, port: 0 }): Stage => ({
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
  await using opening = new AsyncDisposableStack();
  const backends = await openTogether<Backend[]>(
    opening,
    scenario.upstreams.map(async (fault, index) => fault.open(stageOf(`upstream ${index + 1}`, places?.[index]))),
  );
  const open = opening.move();
  return {
    nonce,
    timeline,
    wires,
    backends,
    plan: (standard) => planFor(backends, scenario.plan ?? {}, standard, grounds.clientIdentity, timers),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
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
