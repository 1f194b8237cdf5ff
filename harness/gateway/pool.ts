import type { Connection } from "./connection.ts";
import { type DialOptions, dial } from "./dial.ts";
import type { Upstream } from "./upstream.ts";

/** How long a connection may lie idle, in milliseconds: less than the five seconds after which many servers close. */
const idleLifetime = 4_000;

/** The connections to one upstream. An idle one that gets bytes, ends or grows old is dropped. */
export class Pool {
  readonly upstream: Upstream;
  readonly #options: DialOptions;
  readonly #idle: { connection: Connection; forget: () => void }[] = [];
  readonly #busy = new Set<Connection>();

  constructor(upstream: Upstream, options: DialOptions) {
    this.upstream = upstream;
    this.#options = options;
  }

  /** The connection used last, or a new one. @throws Mishap when there is none to be had */
  async take(signal: AbortSignal): Promise<Connection> {
    const kept = this.#idle.at(-1);
    kept?.forget();
    const connection = kept?.connection ?? (await dial(this.upstream, this.#options, signal));
    this.#busy.add(connection);
    connection.socket.once("close", () => this.#busy.delete(connection));
    return connection;
  }

  give(connection: Connection): void {
    this.#busy.delete(connection);
    if (connection.socket.destroyed || connection.spoilt) {
      connection.destroy();
      return;
    }
    connection.served += 1;
    const { socket } = connection;
    const drop = () => {
      entry.forget();
      connection.destroy();
    };
    const age = setTimeout(drop, idleLifetime).unref();
    const entry = {
      connection,
      forget: () => {
        clearTimeout(age);
        for (const event of ["data", "end", "error", "close"]) socket.off(event, drop);
        this.#idle.splice(this.#idle.indexOf(entry), 1);
      },
    };
    for (const event of ["data", "end", "error", "close"]) socket.on(event, drop);
    this.#idle.push(entry);
  }

  destroy(): void {
    for (const { connection, forget } of [...this.#idle]) {
      forget();
      connection.destroy();
    }
    for (const connection of this.#busy) connection.destroy();
  }
}
