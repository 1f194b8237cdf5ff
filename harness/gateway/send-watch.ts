import type { ClientRequest } from "node:http";
import type { Connection } from "./connection.ts";

/**
 * Watches that a request makes progress while there is something to write: octets taken by the kernel count, a client
 * that sends slowly does not. It looks several times within the limit, so it tells up to an eighth of it late.
 */
export class SendWatch {
  readonly #stalled: () => void;
  readonly #limit: number;
  #handle: NodeJS.Timeout | undefined;
  #delivered = -1;
  #since = 0;

  constructor(limit: number, stalled: () => void) {
    this.#limit = limit;
    this.#stalled = stalled;
  }

  start(outgoing: ClientRequest, connection: Connection): void {
    if (this.#limit === 0) return;
    this.#since = performance.now();
    this.#handle = setInterval(() => this.#look(outgoing, connection), Math.max(1, this.#limit / 8));
  }

  stop(): void {
    clearInterval(this.#handle);
    this.#handle = undefined;
  }

  #look(outgoing: ClientRequest, connection: Connection): void {
    const now = performance.now();
    const { delivered } = connection;
    const waiting = outgoing.writableLength > 0 || connection.socket.writableLength > 0;
    if (delivered !== this.#delivered || !waiting) {
      this.#delivered = delivered;
      this.#since = now;
    } else if (now - this.#since >= this.#limit) {
      this.stop();
      this.#stalled();
    }
  }
}
