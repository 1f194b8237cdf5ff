import type { ProxyDriver } from "../driver.ts";
import { loadDrivers } from "../drivers.ts";
import type { ProxyName } from "../ids.ts";
import { proxyNamed } from "../select/proxies.ts";

export interface ProxyChoice {
  /** How it is brought up: as a program of this machine unless told. What runs in this process does so in any case. */
  readonly via?: "local" | "container";
  /** `1.28` means every 1.28.x. Unless told: the one that is here. */
  readonly version?: string;
}

/**
 * The driver that puts a proxy in front. It may still be missing on this machine: `driver.missing()` tells.
 * @throws Error for a name that no proxy has, or one that cannot be had in this way
 */
export async function findProxy(name: ProxyName, { via = "local", version }: ProxyChoice = {}): Promise<ProxyDriver> {
  return proxyNamed(await loadDrivers(), version === undefined ? name : `${name}@${version}`, via);
}

/** Whoever asks for a proxy may name it, or bring a driver of their own. */
export async function driverFor(proxy: ProxyName | ProxyDriver): Promise<ProxyDriver> {
  return typeof proxy === "string" ? findProxy(proxy) : proxy;
}
