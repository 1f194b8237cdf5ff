import { probe } from "../net/probe.ts";
import type { Stage } from "../stage.ts";

/**
 * Connects ourselves, to know that nobody listens there. Notes `probe-refused`, unless told to call it otherwise.
 * @throws Error when the connect comes to anything but a refusal
 */
export async function proveRefused(stage: Stage, host: string, port: number, act = "probe-refused"): Promise<void> {
  const came = await probe({ host, port });
  if (came !== "ECONNREFUSED") throw new Error(`${host} port ${port}: wanted a refused connect, got ${came}`);
  stage.note(act, `${host} port ${port}`);
}

/** What a fault lacks that needs a further IPv4 address of this machine. */
export function missingSecondAddress(): string | undefined {
  if (process.platform === "linux") return undefined;
  return "a second IPv4 loopback address, which Linux alone has from the start: run it in a Linux container";
}
