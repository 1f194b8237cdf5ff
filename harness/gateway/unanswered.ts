import type { Duplex } from "node:stream";
import type { Party } from "./party.ts";

/** Who has asked on which connection and is not answered yet, in the order in which Node writes the answers. */
export class Unanswered {
  readonly #parties = new WeakMap<Duplex, Set<Party>>();

  add(party: Party): void {
    const { socket } = party.request;
    const parties = this.#parties.get(socket) ?? new Set();
    this.#parties.set(socket, parties.add(party));
    party.response.once("finish", () => parties.delete(party));
  }

  latest(socket: Duplex): Party | undefined {
    return [...(this.#parties.get(socket) ?? [])].at(-1);
  }

  /** Calls back when all of them are answered: from then on the connection is nobody's. */
  onceNone(socket: Duplex, then: () => void): void {
    const latest = this.latest(socket);
    if (latest) latest.response.once("finish", then);
    else then();
  }

  /** Looks after those of a connection in place of Node, which does so no longer once it has met a CONNECT. */
  mind(socket: Duplex): void {
    const parties = this.#parties.get(socket) ?? new Set();
    socket.on("drain", () => {
      for (const { response } of parties) if (response.socket === socket) response.emit("drain");
    });
    socket.once("close", () => {
      for (const { response } of parties) response.destroy();
    });
  }
}
