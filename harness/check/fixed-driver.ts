import type { ProxyDriver, RunningProxy } from "../driver.ts";
import { probe } from "../net/probe.ts";
import { whereOf } from "../net/where-of.ts";
import { soundThrough } from "./sound.ts";

export interface FixedRoute {
  /** Where the proxy is asked. */
  readonly url: URL;
  /** Milliseconds that it may take to find a backend sound again. */
  readonly settle: number;
}

/** A proxy that runs already and that nobody tells anything: its one route is where it is. */
export function fixedDriver({ url, settle }: FixedRoute): ProxyDriver {
  return {
    ...presentDriver(url),
    async start(plans, { signal }) {
      // Those before may have made it give up on its upstreams; the backends are sound at this moment.
      const times = Math.max(...plans.map(({ upstreams }) => 2 * upstreams.length)) - 1;
      const why = await soundThrough(url, { times, patience: settle, signal });
      if (why !== undefined) throw new Error(`no sound backend was found again within ${settle} ms: ${why}`);
      return running(url);
    },
  };
}

/** The same, whether it finds a backend or not. */
export function presentDriver(url: URL): ProxyDriver {
  return {
    name: url.host,
    via: "local",
    unit: 1,
    dialect: { rows: [] },
    missing: async () => undefined,
    config: () => "",
    async start() {
      const came = await probe(whereOf(url));
      if (came !== "connected") throw new Error(`the proxy at ${url.origin} is not reachable (${came}): does it run?`);
      return running(url);
    },
  };
}

function running(url: URL): RunningProxy {
  return {
    version: "unknown",
    routes: [new URL(url.origin)],
    said: async () => [],
    died: () => undefined,
    async [Symbol.asyncDispose]() {},
  };
}
