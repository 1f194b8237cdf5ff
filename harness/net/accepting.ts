import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { whereOf } from "./where-of.ts";

/** Milliseconds between two tries: a listener that is not there yet has no way to tell when it is. */
const between = 20;

export interface AcceptingOptions {
  /** Milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Why there is no use in waiting any longer, as soon as there is none. */
  readonly givenUp: () => string | undefined;
  /** What has to hold besides: a program may listen before it is able to serve. */
  readonly also?: () => Promise<boolean>;
}

/**
 * Resolves when an address accepts a TCP connection.
 * @throws Error when the deadline has passed, or there is no use in waiting
 */
export async function accepting(url: URL, { deadline, signal, givenUp, also }: AcceptingOptions): Promise<void> {
  const late = AbortSignal.timeout(deadline);
  const over = AbortSignal.any([signal, late]);
  while (!(((await also?.()) ?? true) && (await accepts(url, over)))) {
    signal.throwIfAborted();
    const why = givenUp();
    if (why !== undefined) throw new Error(why);
    if (late.aborted) throw new Error(`${url.host} did not accept a connection within ${deadline} ms`);
    await delay(between);
  }
}

/** A connect that nobody answers takes the kernel minutes to give up, so it is given up with the wait. */
async function accepts(url: URL, over: AbortSignal): Promise<boolean> {
  const socket = connect(whereOf(url));
  try {
    await once(socket, "connect", { signal: over });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
