import type { Writable } from "node:stream";

/** How long a line may wait for others, in milliseconds: nobody sees it, and a busy gateway writes much less often. */
const gathering = 20;

/** Lines that may wait for a reader that is slow, in octets. */
const room = 4 * 1024 * 1024;

/**
 * Writes lines without ever making whoever tells them wait: those that come close together go out in one write, and
 * when their reader does not keep up, lines are dropped and counted instead of filling the memory.
 */
export class Lines implements Disposable {
  readonly #out: Writable;
  readonly #tellOfLost: (lines: number) => string;
  #pending = "";
  #lost = 0;

  constructor(out: Writable, tellOfLost: (lines: number) => string) {
    this.#out = out;
    this.#tellOfLost = tellOfLost;
  }

  write(line: string): void {
    if (this.#out.writableLength + this.#pending.length > room) {
      this.#lost += 1;
      return;
    }
    if (this.#lost > 0) {
      this.#append(this.#tellOfLost(this.#lost));
      this.#lost = 0;
    }
    this.#append(line);
  }

  #append(line: string): void {
    if (this.#pending === "") setTimeout(() => this[Symbol.dispose](), gathering);
    this.#pending += `${line}\n`;
  }

  /** Writes what is still to be written. */
  [Symbol.dispose](): void {
    if (this.#pending !== "") this.#out.write(this.#pending);
    this.#pending = "";
  }
}
