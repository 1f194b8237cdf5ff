import { type Request, requestBody, requestHead } from "./request.ts";

/** Where a request goes out. */
export interface Outlet {
  /** Calls back when the kernel has taken all of it; never when the connection is dead. */
  write(bytes: Uint8Array, taken: () => void): void;
  /** Nothing is to be written for now: the request has gone out whole, or its content waits for a 100. */
  rest(): void;
}

/** The sending of one request, a piece when the one before has been taken; the content not before a 100 where that is expected. */
export class Sending {
  readonly #head: Uint8Array;
  readonly #pieces: Iterator<Uint8Array>;
  readonly #outlet: Outlet;
  #heldBack: boolean;
  /** The head has been taken, and what was allowed of the content. */
  #resting = false;
  #whole = false;

  constructor(request: Request, host: string, outlet: Outlet) {
    this.#head = requestHead(request, host);
    this.#pieces = requestBody(request);
    this.#heldBack = request.expect === true;
    this.#outlet = outlet;
  }

  /** All of it has been taken. */
  get whole(): boolean {
    return this.#whole;
  }

  start(): void {
    this.#write(this.#head);
  }

  /** A 100 has come. */
  allow(): void {
    this.#heldBack = false;
    if (this.#resting && !this.#whole) this.#next();
  }

  #write(bytes: Uint8Array): void {
    this.#resting = false;
    this.#outlet.write(bytes, () => this.#next());
  }

  #next(): void {
    const { value, done } = this.#heldBack ? { value: undefined, done: false } : this.#pieces.next();
    if (value) {
      this.#write(value);
      return;
    }
    this.#resting = true;
    this.#whole = done === true;
    this.#outlet.rest();
  }
}
