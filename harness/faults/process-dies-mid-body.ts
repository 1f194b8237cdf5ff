import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { appProcess, kill, type ProcessApp, provesItsEnd } from "./process.ts";

/** Milliseconds for the head to be read by the proxy and relayed, before the connection ends. */
const late = 200;

/**
 * The process is killed once it has sent the head and half the body it announced.
 * Notes `handling`, `half-sent`, `pausing`, `child-killed`, `child-exited`.
 */
export function diesMidBody(): Fault {
  return appProcess({ handling: "half-body", armed: provesItsEnd, on: { "half-sent": killLate } });
}

async function killLate(app: ProcessApp): Promise<void> {
  app.note("pausing", `${late} ms`);
  await delay(late);
  kill(app);
}
