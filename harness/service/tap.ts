import type { Peer } from "../faults/peer.ts";
import type { Reading } from "../faults/request.ts";

/** Reads from a peer and keeps what was read, octet for octet, to be handed on. */
export class Tap implements Reading {
  readonly #peer: Peer;
  #taken = Buffer.alloc(0);

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  get last(): boolean {
    return this.#peer.last;
  }

  set last(last: boolean) {
    this.#peer.last = last;
  }

  async read(): Promise<Buffer> {
    const bytes = await this.#peer.read();
    this.#taken = Buffer.concat([this.#taken, bytes]);
    return bytes;
  }

  unread(bytes: Buffer): void {
    this.#taken = this.#taken.subarray(0, this.#taken.length - bytes.length);
    this.#peer.unread(bytes);
  }

  /** What was read since it was asked last. */
  take(): Buffer {
    const taken = this.#taken;
    this.#taken = Buffer.alloc(0);
    return taken;
  }
}
