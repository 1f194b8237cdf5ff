import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { type App, appProcess, kill, provesItsEnd } from "./process.ts";

/** Milliseconds for the head to be read by the proxy and relayed, before the connection ends. */
const late = 200;

/**
 * The process is killed once it has sent the head and half the body it announced.
 * Notes `handling`, `half-sent`, `pausing`, `child-killed`, `child-exited`.
 */
export function diesMidBody(): Fault {
  return appProcess({ handling: "half-body", armed: provesItsEnd, on: { "half-sent": killLate } });
}

async function killLate(app: App): Promise<void> {
  app.stage.note("pausing", `${late} ms`);
  await delay(late);
  kill(app);
}
