import type { ProxyDriver, RunningProxy } from "../driver.ts";
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
  const said = await proxy.said(route); // first: what a proxy does last may be to die
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

/** A connection that ends without an answer, or never gets one, because the proxy is gone. */
export function asDied(exchange: Exchange): Exchange {
  return exchange.outcome === "closed" || exchange.outcome === "hang" ? { ...exchange, outcome: "died" } : exchange;
}
