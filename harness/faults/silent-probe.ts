import { openProbe, type PendingProbe } from "../net/pending-probe.ts";
import type { Stage } from "../stage.ts";
import type { App, AppSite, Prove } from "./app-backends.ts";

/** Milliseconds within which a kernel of this machine accepts a connect to itself. */
const patience = 2_000;

/**
 * An own connection, accepted by the kernel before the asks, which nobody must have answered when they have ended.
 * Notes `probe-accepted`; `stillSilent` notes `probe-unanswered`.
 */
export async function openSilentProbe(stage: Stage, port: number): Promise<PendingProbe> {
  const probe = openProbe(stage.address, port);
  try {
    await probe.connected(patience);
  } catch (error) {
    probe[Symbol.dispose]();
    throw error;
  }
  stage.note("probe-accepted", `${stage.address}:${port}`);
  return probe;
}

/** @throws Error when the probe has got an answer or an end meanwhile, or there is none */
export function stillSilent(stage: Stage, probe: PendingProbe | undefined): void {
  const state = probe?.state();
  if (state !== "connected")
    throw new Error(`wanted our own connection to be open and unanswered, but it was ${state}`);
  stage.note("probe-unanswered");
}

/** Opens such a connection to each site of an application. Returns what proves that nobody has answered there. */
export async function provesSilence({ sites, attached }: App): Promise<Prove> {
  const open = async (site: AppSite) => [site, attached.use(await openSilentProbe(site.stage, site.port))] as const;
  const probes = new Map(await Promise.all(sites.map(open)));
  return (site) => stillSilent(site.stage, probes.get(site));
}
