import picomatch from "picomatch";
import type { ProxyDriver, Via } from "../driver.ts";
import { meant } from "./nearest.ts";
import { UnknownName } from "./unknown-name.ts";

/** Brought up in this process, whatever way the others are. */
const ownWays: readonly Via[] = ["embedded", "profile"];

/**
 * The drivers that bring up the proxies named, in these ways; what is brought up in this process fits every way.
 * @param words names in the order wanted, or globs, with a version behind an `@`; none, or `all`: all that are real,
 * profiles are not
 * @throws UnknownName for a name that no driver has, or one that cannot be brought up so
 */
export function selectProxies(
  drivers: readonly ProxyDriver[],
  words: readonly string[],
  ways: readonly Via[],
): readonly ProxyDriver[] {
  const fitting = drivers.filter(fits(ways));
  if (words.length === 0 || words.includes("all")) {
    return fitting.filter(({ via }) => via !== "profile").toSorted((a, b) => rank(a) - rank(b));
  }
  return [...new Set(words)].flatMap((word) => {
    const [name = word, version] = word.split("@");
    const matches = picomatch(name);
    const found = fitting.filter((driver) => driver.name === name || matches(driver.name));
    if (found.length === 0) throw new UnknownName(unknown(name, drivers, ways));
    return found.map((driver) => inVersion(driver, version));
  });
}

/**
 * The driver of one proxy: `nginx`, `profile:aws-alb`, `nginx@1.28`.
 * @throws UnknownName likewise
 */
export function proxyNamed(drivers: readonly ProxyDriver[], word: string, way: Via): ProxyDriver {
  const [name = word, version] = word.split("@");
  const driver = drivers.filter(fits([way])).find((each) => each.name === name);
  if (!driver) throw new UnknownName(unknown(name, drivers, [way]));
  return inVersion(driver, version);
}

function fits(ways: readonly Via[]): (driver: ProxyDriver) => boolean {
  return ({ via }) => ownWays.includes(via) || ways.includes(via);
}

function rank({ via }: ProxyDriver): number {
  return via === "embedded" ? 0 : 1;
}

function inVersion(driver: ProxyDriver, version: string | undefined): ProxyDriver {
  if (version === undefined) return driver;
  const { name } = driver;
  if (!/^\d+(\.\d+)*$/.test(version))
    throw new UnknownName(`${name}@${version}: wanted a version such as ${name}@1.28; got “${version}”`);
  if (driver.at) return driver.at(version);
  throw new UnknownName(`${name}@${version}: ${name} comes in no other version than the one here`);
}

function unknown(name: string, drivers: readonly ProxyDriver[], ways: readonly Via[]): string {
  const others = drivers.filter((driver) => driver.name === name).map(({ via }) => via);
  if (others.length > 0) return `${name} is not to be had via ${ways.join(" or ")}; wanted via ${others.join(" or ")}`;
  return noSuchProxy(name, drivers);
}

/** `no proxy is called “ngimx”; did you mean nginx?` */
export function noSuchProxy(name: string, drivers: readonly ProxyDriver[]): string {
  return `no proxy is called “${name}”; ${meant(name, [...new Set(drivers.map((driver) => driver.name))])}`;
}
