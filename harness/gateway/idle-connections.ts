import type { Connection } from "./connection.ts";

/** How long a connection may lie idle, in milliseconds: less than the five seconds after which many servers close. */
const lifetime = 4_000;

/** Whatever happens to an idle connection ends it: nothing may come when nothing was asked (RFC 9112 §9.2). */
const signs = ["data", "end", "error", "close"] as const;

interface Entry {
  readonly connection: Connection;
  forget(): void;
}

/** Open connections that wait for their next request; the one used last goes first. */
export class IdleConnections {
  readonly #entries: Entry[] = [];

  take(): Connection | undefined {
    const entry = this.#entries.at(-1);
    entry?.forget();
    return entry?.connection;
  }

  give(connection: Connection): void {
    connection.served += 1;
    const { socket } = connection;
    const drop = () => {
      entry.forget();
      connection.destroy();
    };
    const age = setTimeout(drop, lifetime).unref();
    const entry = {
      connection,
      forget: () => {
        clearTimeout(age);
        for (const sign of signs) socket.off(sign, drop);
        this.#entries.splice(this.#entries.indexOf(entry), 1);
      },
    };
    for (const sign of signs) socket.on(sign, drop);
    this.#entries.push(entry);
  }

  /** Makes room. Tells whether there was one to drop. */
  dropOldest(): boolean {
    const entry = this.#entries[0];
    entry?.forget();
    entry?.connection.destroy();
    return entry !== undefined;
  }
}
