import type { ClientRequest } from "node:http";
import type { Timers } from "../plan.ts";
import type { Connection } from "./connection.ts";
import { Countdown } from "./countdown.ts";
import { TimerRanOut } from "./failure.ts";
import { SendWatch } from "./send-watch.ts";

/**
 * The clocks of one try, once it has a connection. At most one of `head` and `idle` runs.
 *
 *     send ──── request written ── head ──── head whole ── idle ──── end
 */
export class AttemptTimers {
  readonly #send: SendWatch;
  readonly #head: Countdown;
  readonly #idle: Countdown;
  #begun = false;
  #held = false;
  #over = false;

  /** @param quiet milliseconds since the upstream's last byte */
  constructor(timers: Timers, quiet: () => number | undefined, ranOut: (error: TimerRanOut) => void) {
    const expire = (timer: "send" | "head" | "idle") => () => ranOut(new TimerRanOut(timer, timers[timer], quiet()));
    this.#send = new SendWatch(timers.send, expire("send"));
    this.#head = new Countdown(timers.head, expire("head"));
    this.#idle = new Countdown(timers.idle, expire("idle"));
  }

  /** @param content the request has some; its head alone always finds room in the kernel's buffer */
  connected(outgoing: ClientRequest, connection: Connection, content: boolean): void {
    if (this.#over) return;
    if (content) this.#send.start(outgoing, connection);
    else this.#head.start();
  }

  /** The client waits for a 100, so the upstream's answer is due although the request is not written. */
  awaitContinue(): void {
    if (!this.#over) this.#head.start();
  }

  /** The content goes now; the head is awaited again once all of it is written. */
  continued(): void {
    this.#head.stop();
  }

  written(): void {
    this.#send.stop();
    if (!this.#begun && !this.#over) this.#head.start();
  }

  headCame(): void {
    this.#begun = true;
    this.#head.stop();
    if (!this.#over) this.#idle.start();
  }

  bytesCame(): void {
    if (this.#begun && !this.#held && !this.#over) this.#idle.start();
  }

  /** The client reads slowly, so the upstream is held back by us: its silence is not its own. */
  hold(): void {
    this.#held = true;
    this.#idle.stop();
  }

  carryOn(): void {
    this.#held = false;
    this.bytesCame();
  }

  end(): void {
    this.#over = true;
    this.#send.stop();
    this.#head.stop();
    this.#idle.stop();
  }
}
