import type { ProxyDriver } from "../driver.ts";
import type { Place } from "../lab/scene.ts";
import type { HealthCheck, Timers } from "../plan.ts";

/** A proxy that is not ours to configure, and how it stands to us. */
export interface Subject {
  /** Ways through it that can be used side by side. */
  readonly lanes: readonly Lane[];
  /** How many upstreams each of its routes has. */
  readonly upstreams: number;
  /** It speaks TLS to them. */
  readonly tls: boolean;
  /** It asks the name server that its configuration is told of. */
  readonly resolves: boolean;
  readonly means: Means;
  /** It runs already: nothing can be seen of its start. */
  readonly running: boolean;
  /** Behind it stands a backend that is not opened here (`badgateway backend`), asked below this URL. Unset: ours do. */
  readonly byPath?: URL;
}

/** One way through: the driver that leads to the route, and where the proxy expects the backends. */
export interface Lane {
  readonly driver: ProxyDriver;
  /** Leads there without waiting for the proxy to find a backend sound. Unset: the driver does so itself. */
  readonly reachable?: ProxyDriver;
  /** Unset: wherever they are, since the driver tells it. */
  readonly places?: readonly Place[];
}

/** What its owner says that the proxy does; it cannot be seen from outside. */
export interface Means {
  /** Its own timers, in milliseconds; those that are not told are not judged. */
  readonly timers: Partial<Timers>;
  readonly retries?: number;
  readonly keepAlive?: boolean;
  readonly headLimit?: number;
  readonly connections?: number;
  readonly health?: Pick<HealthCheck, "path">;
}
