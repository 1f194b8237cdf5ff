import type { Grounds } from "../lab/grounds.ts";
import { openScene } from "../lab/scene.ts";
import { messageOf } from "../net/message-of.ts";
import type { Timers } from "../plan.ts";
import type { NamedScenario } from "../scenario.ts";
import { choiceOf } from "./choice.ts";
import { Unlistenable } from "./unlistenable.ts";

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

/** Of TCP. */
const highest = 65_535;

/**
 * A port for each fault that no request can choose, TLS among them, one after the other; each is armed from the start.
 * @throws Unlistenable when a port is not to be had
 */
export async function openOwnPorts({ scenarios, host, from, ...options }: OwnPortsOptions): Promise<OwnPorts> {
  await using opening = new AsyncDisposableStack();
  const ports = new Map<string, number>();
  let port = from;
  const own = await havingOwn(scenarios);
  if (from + own.length - 1 > highest)
    throw new Unlistenable(`${own.length} faults want a port each from ${from} up, and ${highest} is the highest`);
  for (const scenario of own) {
    const place = { address: host, port };
    const scene = await openScene(scenario, { ...options, places: [place] }).catch((error: unknown) => {
      throw new Unlistenable(`${scenario.id} at port ${place.port}: ${messageOf(error)}`, { cause: error });
    });
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

/** The scenarios that no request can choose, and for which this machine lacks nothing. */
async function havingOwn(scenarios: readonly NamedScenario[]): Promise<NamedScenario[]> {
  const own = scenarios.filter((scenario) => ["port", "name"].includes(choiceOf(scenario) ?? ""));
  const lacks = await Promise.all(own.map(({ upstreams: [fault] }) => fault?.missing?.()));
  return own.filter((_, index) => lacks[index] === undefined);
}
