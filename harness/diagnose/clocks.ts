import { afterNextPoll } from "../net/next-poll.ts";
import type { TimerName, Timers } from "../plan.ts";

/** The timers of one exchange: each may be begun anew, and one that is 0 never runs out. */
export class Clocks {
  readonly #timers: Timers;
  readonly #ranOut: (timer: TimerName, limit: number) => void;
  readonly #running = new Map<TimerName, NodeJS.Timeout>();

  constructor(timers: Timers, ranOut: (timer: TimerName, limit: number) => void) {
    this.#timers = timers;
    this.#ranOut = ranOut;
  }

  /** What has arrived by the end is still read, since it tells a drip from silence. */
  start(timer: TimerName): void {
    this.stop(timer);
    const limit = this.#timers[timer];
    if (limit === 0) return;
    const over = () => {
      if (this.#running.get(timer) === clock) this.#ranOut(timer, limit);
    };
    const clock = setTimeout(() => afterNextPoll(over), limit);
    this.#running.set(timer, clock);
  }

  stop(timer: TimerName): void {
    clearTimeout(this.#running.get(timer));
    this.#running.delete(timer);
  }

  stopAll(): void {
    for (const timer of this.#running.keys()) this.stop(timer);
  }
}
