import { Readable } from "node:stream";
import { openEngine } from "./container-client.ts";

export interface ContainerEvent extends Disposable {
  /** Resolves when the engine tells of it. Stays pending when it never does. */
  readonly came: Promise<void>;
}

/** Listens, from now on, for an event of one container, as `docker events` shows it. */
export async function listenForEvent(container: string, event: string): Promise<ContainerEvent> {
  const engine = await openEngine();
  const events = await engine.getEvents({ filters: { container: [container], event: [event] } });
  // Its own stream, not one around it: that would leave the connection to the engine open, and us running, for ever.
  if (!(events instanceof Readable)) throw new TypeError("the engine's events: wanted a stream that can be destroyed");
  events.on("error", () => {}); // the engine is gone, and tells nothing more
  const { promise, resolve } = Promise.withResolvers<void>();
  events.once("data", () => resolve());
  return { came: promise, [Symbol.dispose]: () => void events.destroy() };
}
