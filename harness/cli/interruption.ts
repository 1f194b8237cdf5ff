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

/** An interruption that ends the program, and what could not be closed on the way. */
export interface BrokenOff {
  readonly interruption: Interruption;
  readonly unclosed: readonly unknown[];
}

/** What fails while the scene is being closed wraps the reason why it is. */
export function brokenOff(error: unknown): BrokenOff | undefined {
  if (error instanceof Interruption) return { interruption: error, unclosed: [] };
  if (!(error instanceof SuppressedError)) return undefined;
  const behind = brokenOff(error.suppressed);
  return behind && { ...behind, unclosed: [...behind.unclosed, error.error] };
}

/**
 * Milliseconds within which the same signal again is the same keystroke: the terminal tells npm and us, and npm tells us
 * once more.
 */
const oneKeystroke = 500;

/**
 * Turns Ctrl-C and its like into an abort, so that everything can be closed. The second one ends the program at once.
 * @param log what a program serves for: when its reader has gone, that is an abort too
 */
export function interruptible(log?: Writable): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  let struck: { readonly name: NodeJS.Signals; readonly at: number } | undefined;
  const interrupt = (name: NodeJS.Signals) => {
    const interruption = new Interruption(name as InterruptionSignal);
    const at = performance.now();
    const sameKeystroke = struck?.name === name && at - struck.at <= oneKeystroke;
    if (controller.signal.aborted && !sameKeystroke) process.exit(interruption.exitCode);
    struck ??= { name, at };
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
