import { setImmediate as nextTurn } from "node:timers/promises";

/** A turn of the event loop that takes longer, in milliseconds, has work in it. */
const busyTurn = 3;

/** So many turns in a row without work: bytes on their way through client, proxy and backend have arrived. */
const restfulTurns = 4;

/** Milliseconds after which even a loop that never rests gets on with the run. */
const patience = 100;

/**
 * Resolves when the event loop has come to rest. Trials that wait for a timer cost nothing, those that begin do;
 * begun all at once they would blur each other's timers.
 */
export async function calm(): Promise<void> {
  let restful = 0;
  const end = performance.now() + patience;
  while (restful < restfulTurns && performance.now() < end) {
    const start = performance.now();
    await nextTurn();
    restful = performance.now() - start < busyTurn ? restful + 1 : 0;
  }
}
