import type { Grounds } from "../lab/grounds.ts";
import { openScene } from "../lab/scene.ts";
import type { Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { choiceOf } from "./choice.ts";

export interface OwnPortsOptions {
  readonly scenarios: readonly NamedScenario[];
  readonly host: string;
  /** The first of them. */
  readonly from: number;
  readonly grounds: Grounds;
  readonly timers: Timers;
  readonly seed: number;
}

export interface OwnPorts extends AsyncDisposable {
  /** By the scenario's id. */
  readonly ports: ReadonlyMap<string, number>;
}

/**
 * A port for each fault that no request can choose, TLS among them, one after the other; each is armed from the start.
 * @throws Error (EADDRINUSE …) when a port is not to be had
 */
export async function openOwnPorts({ scenarios, host, from, ...options }: OwnPortsOptions): Promise<OwnPorts> {
  await using opening = new AsyncDisposableStack();
  const ports = new Map<string, number>();
  let port = from;
  for (const scenario of scenarios) {
    const choice = choiceOf(scenario);
    if (choice !== "port" && choice !== "name") continue;
    if ((await scenario.upstreams[0]?.missing?.()) !== undefined) continue;
    const scene = await openScene(scenario, { ...options, places: [{ address: host, port }] });
    const url = scene.backends[0]?.url ?? "";
    if (!url.endsWith(`:${port}`)) {
      await scene[Symbol.asyncDispose](); // a socket file, say
      continue;
    }
    opening.use(scene);
    await Promise.all(scene.backends.map((backend) => backend.arm(new URL(url))));
    ports.set(scenario.id, port++);
  }
  const open = opening.move();
  return { ports, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
