import type { TimerName } from "../plan.ts";
import { Countdown } from "./countdown.ts";
import { TimerRanOut } from "./failure.ts";

/** What an asynchronous step of opening a connection is given to finish itself with, once. */
export interface Step<T> {
  done(value: T): void;
  failed(error: unknown): void;
}

/**
 * Runs one step of opening a connection under its timer.
 * @param begin starts the step and returns what undoes it when the timer runs out or nobody wants it any more
 * @throws TimerRanOut, the signal's reason, or whatever the step failed with
 */
export function within<T, Name extends TimerName>(
  timers: Readonly<Record<Name, number>>,
  timer: Name,
  signal: AbortSignal,
  begin: (step: Step<T>) => () => void,
): Promise<T> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const end = () => {
    countdown.stop();
    signal.removeEventListener("abort", aborted);
  };
  const step: Step<T> = {
    done: (value) => {
      end();
      resolve(value);
    },
    failed: (error) => {
      end();
      reject(error);
    },
  };
  const giveUp = (reason: unknown) => {
    step.failed(reason);
    undo();
  };
  const aborted = () => giveUp(signal.reason);
  const countdown = new Countdown(timers[timer], () => giveUp(new TimerRanOut(timer, timers[timer])));
  countdown.start();
  signal.addEventListener("abort", aborted);
  let undo = () => {};
  try {
    undo = begin(step);
  } catch (error) {
    step.failed(error);
  }
  return promise;
}
