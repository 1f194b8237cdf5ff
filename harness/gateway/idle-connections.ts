import { type Connection, type Minder, nobody } from "./connection.ts";

/** How long a connection may lie idle, in milliseconds: less than the five seconds after which many servers close. */
const lifetime = 4_000;

/** Open connections that wait for their next request; the one used last goes first. */
export class IdleConnections {
  readonly #entries: IdleConnection[] = [];

  take(): Connection | undefined {
    return this.#entries.pop()?.wake();
  }

  give(connection: Connection): void {
    connection.served += 1;
    const entry = new IdleConnection(connection, () => {
      this.#entries.splice(this.#entries.indexOf(entry), 1);
    });
    this.#entries.push(entry);
  }

  /** Makes room. Tells whether there was one to drop. */
  dropOldest(): boolean {
    const oldest = this.#entries.shift()?.wake();
    oldest?.destroy();
    return oldest !== undefined;
  }
}

/** Whatever happens to an idle connection ends it: nothing may come when nothing was asked (RFC 9112 §9.2). */
class IdleConnection implements Minder {
  readonly #connection: Connection;
  readonly #dropped: () => void;
  readonly #age: NodeJS.Timeout;

  constructor(connection: Connection, dropped: () => void) {
    this.#connection = connection;
    this.#dropped = dropped;
    this.#age = setTimeout(() => this.#drop(), lifetime).unref();
    connection.minder = this;
  }

  /** Ends its rest. */
  wake(): Connection {
    clearTimeout(this.#age);
    this.#connection.minder = nobody;
    return this.#connection;
  }

  data(): void {
    this.#drop();
  }

  ended(): void {
    this.#drop();
  }

  failed(): void {
    this.#drop();
  }

  closed(): void {
    this.#drop();
  }

  freed(): void {}

  #drop(): void {
    this.wake().destroy();
    this.#dropped();
  }
}
