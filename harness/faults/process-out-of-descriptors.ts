import type { Fault } from "../fault.ts";
import { openProbe } from "../net/pending-probe.ts";
import type { App, AppSite, Prove } from "./app-backends.ts";
import { appProcess } from "./process.ts";

export interface Descriptors {
  /** How many descriptors the process may have: `ulimit -n`. */
  readonly limit: number;
  /** How many files it tries to open. */
  readonly needed: number;
}

/**
 * The process has as many files open as it may. The runtime keeps a spare descriptor for this case: it gives it up to
 * accept the connection, closes that at once, and takes the spare back.
 * Notes `emfile`, and `probe-closed` before the asks and after; or `opened` and `probe-answered` where the limit is high enough.
 */
export function outOfDescriptors({ limit, needed }: Descriptors): Fault {
  const process = appProcess({
    handling: "serve",
    limit: `ulimit -n ${limit}`,
    openFiles: needed,
    armed: probesAccept,
  });
  return { ...process, strikes: "before-request" };
}

/**
 * The limit alone proves nothing: a connection to each site must really have met it, before the asks and after. Notes
 * `probe-closed` or `probe-answered`.
 */
export async function probesAccept({ sites }: App): Promise<Prove> {
  await Promise.all(sites.map(probeAccept));
  return probeAccept;
}

async function probeAccept({ stage, port }: AppSite): Promise<void> {
  using own = openProbe(stage.address, port);
  const came = await own.settled(2_000);
  stage.note(came === "answered" ? "probe-answered" : "probe-closed", `${stage.address}:${port}`);
}
