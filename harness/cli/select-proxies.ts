import picomatch from "picomatch";
import type { ProxyDriver } from "../driver.ts";
import { meant } from "./nearest.ts";
import { UsageError } from "./usage.ts";

export type Way = "local" | "container";

const ways: readonly string[] = ["local", "container"] satisfies Way[];

/** Brought up in this process, whatever way the others are. */
const ownWays: readonly ProxyDriver["via"][] = ["embedded", "profile"];

/** @throws UsageError for a word that is no way to bring up a proxy */
export function waysOf(words: readonly string[]): readonly Way[] {
  const strange = words.find((word) => !ways.includes(word));
  if (strange !== undefined) throw new UsageError(`--via: wanted local or container; got “${strange}”`);
  return words.filter((word): word is Way => ways.includes(word));
}

/**
 * The drivers that bring up the proxies named, in these ways; what is embedded fits every way.
 * @param names in the order wanted, or globs; none, or `all`: all that are real, profiles are not
 * @throws UsageError for a name that no driver has, or one that cannot be brought up so
 */
export function selectProxies(
  drivers: readonly ProxyDriver[],
  names: readonly string[],
  ways: readonly Way[],
): readonly ProxyDriver[] {
  const fitting = drivers.filter(({ via }) => ownWays.includes(via) || ways.some((way) => way === via));
  if (names.length === 0 || names.includes("all")) {
    return fitting.filter(({ via }) => via !== "profile").toSorted((a, b) => rank(a) - rank(b));
  }
  return [...new Set(names)].flatMap((word) => {
    const [name = word, version] = word.split("@");
    const matches = picomatch(name);
    const found = fitting.filter((driver) => driver.name === name || matches(driver.name));
    if (found.length === 0) throw new UsageError(unknown(name, drivers, ways));
    return version === undefined ? found : found.map((driver) => inVersion(driver, version));
  });
}

function inVersion(driver: ProxyDriver, version: string): ProxyDriver {
  if (!/^\d+(\.\d+)*$/.test(version))
    throw new UsageError(`--proxy ${driver.name}@${version}: wanted a version such as ${driver.name}@1.28`);
  if (driver.at) return driver.at(version);
  throw new UsageError(`--proxy ${driver.name}@${version}: ${driver.name} comes in no other version than the one here`);
}

function rank({ via }: ProxyDriver): number {
  return via === "embedded" ? 0 : 1;
}

function unknown(name: string, drivers: readonly ProxyDriver[], ways: readonly Way[]): string {
  const others = drivers.filter((driver) => driver.name === name).map(({ via }) => via);
  if (others.length > 0)
    return `--proxy ${name}: not to be had via ${ways.join(" or ")}; use --via ${others.join(",")}`;
  return `--proxy: no proxy is called “${name}”; ${meant(name, [...new Set(drivers.map((driver) => driver.name))])}`;
}
