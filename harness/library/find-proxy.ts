import { nearest } from "../cli/nearest.ts";
import type { ProxyDriver } from "../driver.ts";
import { loadDrivers } from "../drivers.ts";
import type { ProxyName } from "../ids.ts";

export interface ProxyChoice {
  /** How it is brought up: as a program of this machine unless told. */
  readonly via?: "local" | "container";
  /** `1.28` means every 1.28.x. Unless told: the one that is here. */
  readonly version?: string;
}

/**
 * The driver that puts a proxy in front. It may still be missing on this machine: `driver.missing()` tells.
 * @throws Error for a name that no proxy has, or one that cannot be had in this way
 */
export async function findProxy(name: ProxyName, { via = "local", version }: ProxyChoice = {}): Promise<ProxyDriver> {
  const drivers = await loadDrivers();
  const named = drivers.filter((driver) => driver.name === name);
  if (named.length === 0) throw new Error(unknown(name, [...new Set(drivers.map((driver) => driver.name))]));
  const driver = named.find((each) => each.via === via || each.via === "embedded");
  if (!driver) throw new Error(`${name} is not to be had via ${via}; wanted ${named.map(({ via }) => via).join(", ")}`);
  if (version === undefined) return driver;
  if (!/^\d+(\.\d+)*$/.test(version)) throw new Error(`version: wanted one such as 1.28, got “${version}”`);
  if (!driver.at) throw new Error(`${name} comes in no other version than the one here, wanted ${version}`);
  return driver.at(version);
}

/** Whoever asks for a proxy may name it, or bring a driver of their own. */
export async function driverFor(proxy: ProxyName | ProxyDriver): Promise<ProxyDriver> {
  return typeof proxy === "string" ? findProxy(proxy) : proxy;
}

function unknown(name: string, names: readonly string[]): string {
  const likely = nearest(name, names);
  return `no proxy is called “${name}”; ${likely ? `did you mean ${likely}?` : `known: ${names.join(", ")}`}`;
}
