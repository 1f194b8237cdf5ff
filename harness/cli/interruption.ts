import { constants } from "node:os";
import type { Writable } from "node:stream";

/** The reason with which a run is broken off from outside. */
export class Interruption extends Error {
  readonly exitCode: number;

  constructor(name: InterruptionSignal) {
    super(`interrupted by ${name}`);
    this.exitCode = 128 + constants.signals[name];
  }
}

const interruptionSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type InterruptionSignal = (typeof interruptionSignals)[number];

/**
 * Turns Ctrl-C and its like into an abort, so that everything can be closed. The second one ends the program at once.
 * @param log what a program serves for: when its reader has gone, that is an abort too
 */
export function interruptible(log?: Writable): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => {
    const interruption = new Interruption(name as InterruptionSignal);
    if (controller.signal.aborted) process.exit(interruption.exitCode);
    controller.abort(interruption);
  };
  const abandon = (error: Error) => controller.abort(error);
  for (const name of interruptionSignals) process.on(name, interrupt);
  log?.on("error", abandon);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of interruptionSignals) process.off(name, interrupt);
      log?.off("error", abandon);
    },
  };
}
