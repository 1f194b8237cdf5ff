import type { Credentials } from "./credentials.ts";
import { Mishap } from "./failure.ts";
import { startHealthCheck } from "./health-check.ts";
import type { GatewayOptions } from "./options.ts";
import { Pool } from "./pool.ts";
import { Standing } from "./standing.ts";
import { parseUpstream } from "./upstream.ts";

/** One upstream with its connections and how it stands. */
export interface Member {
  readonly pool: Pool;
  readonly standing: Standing;
}

/** The upstreams of a gateway: they take turns. */
export class Upstreams {
  readonly #members: readonly Member[];
  readonly #checks: readonly { stop(): void }[];
  /** With all of them down, requests go to all of them. */
  readonly #failOpen: boolean;
  #turn = 0;

  /** @throws OptionError when an address is none */
  constructor(options: GatewayOptions, credentials: Credentials) {
    const { health, ejection } = options;
    this.#failOpen = options.profile?.allDown?.does === "route";
    const dialling = { ...options, credentials };
    this.#members = options.upstreams.map(parseUpstream).map((upstream) => ({
      pool: new Pool(upstream, dialling),
      standing: new Standing(health, ejection),
    }));
    this.#checks = health
      ? this.#members.map(({ pool, standing }) => startHealthCheck(pool.upstream, health, dialling, standing))
      : [];
  }

  /**
   * Those that a request may go to, in the order in which they should be tried. The turn is taken over all of them,
   * so that one that is down does not double its neighbour's share of first tries.
   * @throws Mishap when there is none
   */
  inTurn(): readonly Member[] {
    if (this.#members.length === 0) {
      throw new Mishap({ cause: "destination_not_found", details: "no upstream is configured" });
    }
    const first = this.#turn++ % this.#members.length;
    const order = [...this.#members.slice(first), ...this.#members.slice(0, first)];
    const up = order.filter(({ standing }) => standing.up);
    if (up.length === 0 && this.#failOpen) return order;
    if (up.length === 0)
      throw new Mishap({ cause: "destination_unavailable", details: "every upstream is marked down" });
    return up;
  }

  destroy(): void {
    for (const check of this.#checks) check.stop();
    for (const { pool } of this.#members) pool.destroy();
  }
}
