import type { ProxyDriver, RunningProxy } from "../driver.ts";
import { comesTrue } from "../net/comes-true.ts";
import type { Plan } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import type { Exchange, Trial } from "../trial.ts";
import { putAsks } from "./asks.ts";
import type { ColumnOptions } from "./column.ts";
import type { Scene } from "./scene.ts";

export interface TrialOptions extends ColumnOptions {
  readonly driver: ProxyDriver;
  readonly proxy: RunningProxy;
  readonly plan: Plan;
  /** Index of the scenario's route at the proxy. */
  readonly route: number;
}

/** Arms the faults, asks, and puts the record together. */
export async function performTrial(scenario: NamedScenario, scene: Scene, options: TrialOptions): Promise<Trial> {
  const { driver, proxy, route, plan, patience, seed, signal } = options;
  signal.throwIfAborted();
  const { timeline, nonce, backends } = scene;
  const url = proxy.routes[route];
  if (!url) throw new RangeError(`${driver.name} serves ${proxy.routes.length} routes, wanted number ${route + 1}`);
  let exchanges: Exchange[] = [];
  let spoiled: string | undefined;
  try {
    await Promise.all(backends.map((backend) => backend.arm(url)));
    timeline.start();
    exchanges = await putAsks(scenario.asks ?? [{}], { route: url, nonce, patience, timeline });
    await Promise.all(backends.map((backend) => backend.prove?.()));
  } catch (error) {
    spoiled = error instanceof Error ? error.message : String(error);
  }
  const left = exchanges.some(({ outcome }) => outcome === "hang");
  const said = left ? await lateWords(proxy, route) : await proxy.said(route); // first: what a proxy does last may be to die
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
    timeline: timeline.notes(),
    connections: scene.wires.records(),
    said,
    ...(died !== undefined && { died }),
    ...(spoiled !== undefined && { spoiled }),
  };
}

/** Milliseconds from a client's leaving to the words about it. */
const wordsDeadline = 500;

/** Of a client that has left most proxies say so when they notice: that is waited for, as long as there are no words. */
async function lateWords(proxy: RunningProxy, route: number): Promise<readonly string[]> {
  let said = await proxy.said(route);
  const spoken = async () => {
    said = await proxy.said(route);
    return said.length > 0 || proxy.died(route) !== undefined;
  };
  if (said.length === 0) await comesTrue(spoken, wordsDeadline);
  return said;
}

/** A connection that ends without an answer, or never gets one, because the proxy is gone. */
function asDied(exchange: Exchange): Exchange {
  return exchange.outcome === "closed" || exchange.outcome === "hang" ? { ...exchange, outcome: "died" } : exchange;
}
