/**
 * One timer of the gateway. Node counts from the last turn of its loop and so may fire early; this one never does.
 * Zero milliseconds: it never runs.
 */
export class Countdown {
  readonly #milliseconds: number;
  readonly #ranOut: () => void;
  #handle: NodeJS.Timeout | undefined;
  #lastLook: NodeJS.Immediate | undefined;
  #due = 0;

  constructor(milliseconds: number, ranOut: () => void) {
    this.#milliseconds = milliseconds;
    this.#ranOut = ranOut;
  }

  /** Starts, or starts anew. */
  start(): void {
    if (this.#milliseconds === 0) return;
    this.#due = performance.now() + this.#milliseconds;
    if (this.#handle === undefined) this.#arm(this.#milliseconds);
    else this.#handle.refresh();
  }

  stop(): void {
    clearTimeout(this.#handle);
    clearImmediate(this.#lastLook);
    this.#handle = undefined;
  }

  #arm(milliseconds: number): void {
    this.#handle = setTimeout(() => this.#fire(), milliseconds);
  }

  #fire(): void {
    const left = this.#due - performance.now();
    this.#handle = undefined;
    if (left > 0) this.#arm(Math.ceil(left));
    else this.#lookOnce();
  }

  /** After a turn of the loop that took long, timers come before what has arrived meanwhile: that is read first. */
  #lookOnce(): void {
    this.#lastLook = setImmediate(() => {
      if (this.#handle === undefined) this.#ranOut();
    });
  }
}
