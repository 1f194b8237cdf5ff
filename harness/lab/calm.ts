import { setImmediate as nextTurn } from "node:timers/promises";

/** A turn of the event loop that takes longer, in milliseconds, has work in it. */
const busyTurn = 4;

/** Even a loop that never rests gets on with the run. */
const mostTurns = 200;

/**
 * Resolves when the event loop has a turn with next to nothing in it. Trials that wait for a timer cost nothing,
 * those that begin do; begun all at once they would blur each other's timers.
 */
export async function calm(): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn++) {
    const start = performance.now();
    await nextTurn();
    if (performance.now() - start < busyTurn) return;
  }
}
