import type { Transcript } from "./trial.ts";

/** How much is kept of either end of a stream, in octets. */
const kept = 4096;

/** Writes down a stream of bytes in bounded memory: its first and its last 4 KiB, and how many there were. */
export class TranscriptRecorder {
  #bytes = 0;
  #first = "";
  /** What came after `first`, up to its last 4 KiB. */
  #tail: Buffer | undefined;
  #tailBytes = 0;

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const room = Math.max(0, kept - this.#bytes);
    this.#bytes += bytes.length;
    if (room > 0) this.#first += bytes.toString("latin1", 0, Math.min(room, bytes.length));
    if (bytes.length > room) this.#pushTail(bytes.subarray(Math.max(room, bytes.length - kept)));
  }

  /** What has been written down so far. `first` and `last` never overlap: up to 8 KiB they hold everything. */
  transcript(): Transcript {
    const { bytes, first } = { bytes: this.#bytes, first: this.#first };
    return this.#tail ? { bytes, first, last: this.#tail.toString("latin1", 0, this.#tailBytes) } : { bytes, first };
  }

  #pushTail(bytes: Buffer): void {
    this.#tail ??= Buffer.allocUnsafeSlow(kept);
    const stay = Math.min(this.#tailBytes, kept - bytes.length);
    this.#tail.copyWithin(0, this.#tailBytes - stay, this.#tailBytes);
    this.#tail.set(bytes, stay);
    this.#tailBytes = stay + bytes.length;
  }
}
