import type { ProxyDriver } from "../driver.ts";
import type { ProxyName, ScenarioId } from "../ids.ts";
import { type Lab, type LabOptions, openLab as openLabOf } from "../open-lab.ts";
import { driverFor } from "./find-proxy.ts";
import { findScenario } from "./find-scenarios.ts";

export type OpenLabOptions = Omit<LabOptions, "proxy" | "upstreams" | "plan"> & {
  /** What stands in front: `nginx`, say. */
  readonly proxy: ProxyName | ProxyDriver;
} & (Pick<LabOptions, "upstreams" | "plan"> | { readonly scenario: ScenarioId });

/**
 * Opens a proxy with armed faults behind it, of your own or those of a scenario. Disposing closes everything.
 * @throws Error when this machine lacks something, or the proxy has no means for the plan
 */
export async function openLab(options: OpenLabOptions): Promise<Lab> {
  const proxy = await driverFor(options.proxy);
  if (!("scenario" in options)) return openLabOf({ ...options, proxy });
  const { upstreams, plan } = await findScenario(options.scenario);
  return openLabOf({ ...options, proxy, upstreams, ...(plan && { plan }) });
}
