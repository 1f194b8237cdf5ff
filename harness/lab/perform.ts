import type { ProxyDriver, RunningProxy } from "../driver.ts";
import { comesTrue } from "../net/comes-true.ts";
import { messageOf } from "../net/message-of.ts";
import type { Plan } from "../plan.ts";
import type { NamedScenario, Proof } from "../scenario.ts";
import type { Exchange, Note, Trial } from "../trial.ts";
import { missingProof } from "../verdict.ts";
import { type Door, putAsks } from "./asks.ts";
import type { ColumnOptions } from "./column.ts";
import type { Scene } from "./scene.ts";

export interface TrialOptions extends ColumnOptions {
  /** Each driver with the proxy that it has started; several have one exchange with the upstreams. */
  readonly sides: readonly TrialSide[];
  readonly plan: Plan;
  /** Index of the scenario's route at the proxies. */
  readonly route: number;
  /** What the judge will look for on the timeline. */
  readonly proofs: readonly Proof[];
}

export interface TrialSide {
  readonly driver: ProxyDriver;
  readonly proxy: RunningProxy;
}

/** Arms the faults, asks, and puts the record together: one for each driver. */
export async function performTrial(scenario: NamedScenario, scene: Scene, options: TrialOptions): Promise<Trial[]> {
  const { sides, route, patience, proofs, signal } = options;
  signal.throwIfAborted();
  const { timeline, nonce, backends } = scene;
  const doors = sides.map((side, index) => doorOf(side, route, scene, index > 0));
  const [lead] = doors;
  if (!lead) return [];
  let exchanges: Exchange[][] = [];
  let spoiled: string | undefined;
  try {
    await Promise.all(backends.map((backend) => backend.arm(lead.route)));
    timeline.start();
    const waits = options.common && { actPatience: options.common.patience };
    exchanges = await putAsks(scenario.asks ?? [{}], doors, { nonce, patience, timeline, ...waits });
    await Promise.all(backends.map((backend) => backend.prove?.()));
    await comesTrue(() => proofs.every((proof) => missingProof(proof, timeline.notes()).length === 0), lateness);
  } catch (error) {
    spoiled = messageOf(error);
  }
  return Promise.all(
    sides.map((side, index) => {
      const seen = { exchanges: exchanges[index] ?? [], timeline: doors[index]?.notes() ?? [], spoiled };
      return recordOf(scenario, scene, side, seen, options);
    }),
  );
}

/** The first client stands on the timeline that everybody may wait on; a further one has a view of its own. */
function doorOf({ driver, proxy }: TrialSide, route: number, { timeline }: Scene, further: boolean) {
  const url = proxy.routes[route];
  if (!url) throw new RangeError(`${driver.name} serves ${proxy.routes.length} routes, wanted number ${route + 1}`);
  const view = further
    ? timeline.aside("client")
    : {
        note: (act: string, detail?: string) => timeline.note("client", act, detail),
        notes: () => timeline.notes(),
      };
  return { route: url, ...view } satisfies Door;
}

async function recordOf(
  scenario: NamedScenario,
  scene: Scene,
  { driver, proxy }: TrialSide,
  seen: { exchanges: Exchange[]; timeline: Note[]; spoiled: string | undefined },
  { plan, route, seed }: TrialOptions,
): Promise<Trial> {
  const { exchanges, timeline } = seen;
  const left = exchanges.some(({ outcome }) => outcome === "hang");
  let said: readonly string[] = [];
  let { spoiled } = seen;
  try {
    said = left ? await lateWords(proxy, route) : await proxy.said(route); // first: what a proxy does last may be to die
  } catch (error) {
    spoiled ??= `the proxy's words could not be read: ${messageOf(error)}`;
  }
  const died = proxy.died(route);
  return {
    format: 1,
    scenario: scenario.id,
    ...(scenario.remedied && { remedied: true }),
    driver: driver.name,
    via: driver.via,
    version: proxy.version,
    seed,
    plan,
    exchanges: died === undefined ? exchanges : exchanges.map(asDied),
    timeline,
    connections: scene.wires.records(),
    said,
    ...(died !== undefined && { died }),
    ...(spoiled !== undefined && { spoiled }),
  };
}

/** Milliseconds after the answers within which a proof, or the words about a client that has left, may still come. */
const lateness = 500;

/** Of a client that has left most proxies say so when they notice: that is waited for, as long as there are no words. */
async function lateWords(proxy: RunningProxy, route: number): Promise<readonly string[]> {
  let said = await proxy.said(route);
  const spoken = async () => {
    said = await proxy.said(route);
    return said.length > 0 || proxy.died(route) !== undefined;
  };
  if (said.length === 0) await comesTrue(spoken, lateness);
  return said;
}

/** A connection that ends without an answer, or never gets one, because the proxy is gone. */
export function asDied(exchange: Exchange): Exchange {
  return exchange.outcome === "closed" || exchange.outcome === "hang" ? { ...exchange, outcome: "died" } : exchange;
}
