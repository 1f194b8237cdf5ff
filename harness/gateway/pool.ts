import type { Queue } from "../plan.ts";
import type { Connection } from "./connection.ts";
import { type DialOptions, dial } from "./dial.ts";
import { Mishap, TimerRanOut } from "./failure.ts";
import { IdleConnections } from "./idle-connections.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

export interface PoolOptions extends DialOptions {
  /** The most connections at a time, opening and idle ones included. */
  readonly connections?: number | undefined;
  readonly queue?: Queue | undefined;
}

/** All connections to one upstream, and whoever waits for one. */
export class Pool {
  readonly upstream: Upstream;
  readonly #options: PoolOptions;
  readonly #idle = new IdleConnections();
  readonly #open = new Set<Connection>();
  readonly #waiting: (() => void)[] = [];
  #opening = 0;

  constructor(upstream: Upstream, options: PoolOptions) {
    this.upstream = upstream;
    this.#options = options;
  }

  /**
   * The idle connection used last, or a new one, or whichever is free first once the limit is reached.
   * @param fresh it must be new: an idle one has just proved to be dead
   * @throws Mishap when there is none to be had
   */
  async take(signal: () => AbortSignal, fresh: boolean): Promise<Connection> {
    for (;;) {
      const kept = fresh ? undefined : this.#idle.take();
      if (kept) return kept;
      if (!this.#full) return this.#dial(signal());
      if (fresh && this.#idle.dropOldest()) continue;
      await this.#wait(signal());
    }
  }

  #give(connection: Connection): void {
    if (connection.socket.destroyed || connection.spoilt) {
      connection.destroy();
      return;
    }
    this.#idle.give(connection);
    this.#waiting.shift()?.();
  }

  destroy(): void {
    for (const connection of this.#open) connection.destroy();
  }

  get #full(): boolean {
    const { connections } = this.#options;
    return connections !== undefined && this.#living + this.#opening >= connections;
  }

  /** A connection that has been destroyed leaves at its close, a turn later: by then another may have its place. */
  get #living(): number {
    let count = 0;
    for (const { socket } of this.#open) if (!socket.destroyed) count += 1;
    return count;
  }

  async #dial(signal: AbortSignal): Promise<Connection> {
    this.#opening += 1;
    try {
      const connection = await dial(this.upstream, this.#options, signal);
      this.#open.add(connection);
      connection.release = () => this.#give(connection);
      connection.socket.once("close", () => {
        this.#open.delete(connection);
        this.#wake();
      });
      return connection;
    } finally {
      this.#opening -= 1;
      this.#wake();
    }
  }

  /** Lets whoever has waited longest look again, if a connection may be opened. */
  #wake(): void {
    if (!this.#full) this.#waiting.shift()?.();
  }

  /** Resolves when it is this request's turn to look again. */
  async #wait(signal: AbortSignal): Promise<void> {
    const { connections, queue } = this.#options;
    const limit = `all ${connections} connections to the upstream are in use`;
    if (queue === undefined || this.#waiting.length >= queue.most) {
      throw new Mishap({ cause: "connection_limit_reached", details: limit });
    }
    try {
      await within<undefined, "connect">({ connect: queue.wait }, "connect", signal, (step) => {
        const turn = () => step.done(undefined);
        this.#waiting.push(turn);
        return () => this.#waiting.splice(this.#waiting.indexOf(turn), 1);
      });
    } catch (error) {
      if (!(error instanceof TimerRanOut)) throw error;
      throw new Mishap({
        cause: "connection_limit_reached",
        details: `${limit}, and none came free in ${queue.wait} ms`,
      });
    }
  }
}
