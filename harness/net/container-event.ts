import { Readable } from "node:stream";
import { openEngine } from "./container-client.ts";

export interface ContainerEvent extends Disposable {
  /** Resolves when the engine tells of it. Stays pending when it never does. */
  readonly came: Promise<void>;
}

/** Listens, from now on, for an event of one container, as `docker events` shows it. */
export async function listenForEvent(container: string, event: string): Promise<ContainerEvent> {
  const engine = await openEngine();
  const events = Readable.from(await engine.getEvents({ filters: { container: [container], event: [event] } }));
  events.on("error", () => {}); // the engine is gone, and tells nothing more
  const { promise, resolve } = Promise.withResolvers<void>();
  events.once("data", () => resolve());
  return { came: promise, [Symbol.dispose]: () => void events.destroy() };
}
