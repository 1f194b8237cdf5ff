import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fixedDriver, presentDriver } from "../check/fixed-driver.ts";
import type { Means, Subject } from "../check/subject.ts";
import type { Foreign, ProxyDriver } from "../driver.ts";
import type { Place } from "../lab/scene.ts";
import { placeholdersIn } from "../proxies/program/placeholders.ts";
import { meant } from "../select/nearest.ts";
import { noSuchProxy } from "../select/proxies.ts";
import type { CheckCommandOptions } from "./check-command.ts";
import { parsePlaces } from "./check-places.ts";
import { UsageError } from "./usage.ts";
import { waysOf } from "./ways.ts";

/** What is put to the test. */
export interface Chosen {
  readonly subject: Subject;
  /** As it stands in reports. */
  readonly shown: ProxyDriver;
  /** The driver of its kind, where one knows what it is. */
  readonly kind?: ProxyDriver;
}

/** @throws UsageError for what does not go together */
export async function chosen(
  url: URL | undefined,
  options: CheckCommandOptions,
  drivers: readonly ProxyDriver[],
  means: Means,
): Promise<Chosen> {
  const places = options.listen === undefined ? undefined : parsePlaces(options.listen);
  if (options.config !== undefined) return started(options.config, url, places, options, drivers, means);
  if (url === undefined)
    throw new UsageError("check: wanted the URL at which the proxy is asked, as in http://127.0.0.1:8080; got none");
  if (options.byPath) return byPath(url, places, options, drivers, means);
  if (places === undefined)
    throw new UsageError("--listen: wanted the port that the proxy forwards to, as in --listen 9000; got none");
  const kind = options.as === undefined ? undefined : driverOf(options.as, drivers);
  const routes = options.map ? mapped(url, places) : [{ url, places }];
  const lanes = routes.map(({ url, places }) => ({
    driver: fixedDriver({ url, settle: options.settle }),
    reachable: presentDriver(url),
    places,
  }));
  return {
    subject: {
      lanes,
      upstreams: options.map ? 1 : places.length,
      tls: options.tls === true,
      resolves: false,
      running: true,
      means,
    },
    shown: presentDriver(url),
    ...(kind && { kind }),
  };
}

/** The backend is not opened here, so that nothing can be said of where it is. */
function byPath(
  url: URL,
  places: readonly Place[] | undefined,
  { as, tls, map }: CheckCommandOptions,
  drivers: readonly ProxyDriver[],
  means: Means,
): Chosen {
  const strange = [places && "--listen", tls && "--tls", map && "--map"].find((flag) => typeof flag === "string");
  if (strange !== undefined)
    throw new UsageError(`${strange}: wanted for backends of this machine; got it beside --by-path`);
  const kind = as === undefined ? undefined : driverOf(as, drivers);
  const driver = presentDriver(url);
  const lanes = Array.from({ length: 8 }, () => ({ driver }));
  return {
    subject: { lanes, upstreams: 1, tls: false, resolves: false, running: true, means, byPath: url },
    shown: driver,
    ...(kind && { kind }),
  };
}

/** The URL's port belongs to the first place, the next port to the next. */
function mapped(url: URL, places: readonly Place[]): { url: URL; places: readonly Place[] }[] {
  const first = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  if (first + places.length > 65_536)
    throw new UsageError(`--map: wanted ${places.length} ports of the proxy from ${first} up; there are not so many`);
  return places.map((place, index) => {
    const own = new URL(url);
    own.port = String(first + index);
    return { url: own, places: [place] };
  });
}

async function started(
  config: string,
  url: URL | undefined,
  places: readonly Place[] | undefined,
  options: CheckCommandOptions,
  drivers: readonly ProxyDriver[],
  means: Means,
): Promise<Chosen> {
  if (options.byPath) throw new UsageError("--by-path: wanted for a proxy that runs already; got it beside --config");
  if (options.map) throw new UsageError("--map: wanted for a proxy that runs already; got it beside --config");
  const [via = "local"] = waysOf([options.via]);
  const text = await readFile(config, "utf8").catch((error: Error) => {
    throw new UsageError(`--config: wanted a file that can be read; ${error.message}`);
  });
  const inThisWay = drivers.filter((driver) => driver.via === via);
  const { kind, foreign } = kindOf(config, text, options.as, inThisWay);
  const missing = await kind.missing();
  if (missing !== undefined) throw new UsageError(`--config ${config}: ${kind.name} cannot be started: ${missing}`);
  const open = placeholdersIn(text);
  const named = upstreamsIn(open);
  if (named === 0 && places === undefined)
    throw new UsageError(
      `--listen: wanted the port that ${config} forwards to, or ${placeholder("UPSTREAM")} in it; got neither`,
    );
  if (url === undefined && ![...open].some((name) => name.startsWith("LISTEN")))
    throw new UsageError(
      `check: wanted the URL at which ${config} listens, or ${placeholder("LISTEN")} in it; got neither`,
    );
  const driver = foreign.configured({ file: resolve(config), text, ...(url && { listens: url }) });
  const lane = { driver, ...(places && { places }) };
  // Where every port is free, each of them has its own.
  const count = url === undefined && places === undefined ? options.concurrency : 1;
  return {
    subject: {
      lanes: Array.from({ length: count }, () => lane),
      upstreams: places?.length ?? named,
      tls: options.tls === true,
      resolves: open.has("RESOLVER"),
      running: false,
      means,
    },
    shown: driver,
    kind,
  };
}

function kindOf(
  config: string,
  text: string,
  as: string | undefined,
  drivers: readonly ProxyDriver[],
): { kind: ProxyDriver; foreign: Foreign } {
  const able = drivers.flatMap((kind) => (kind.foreign ? [{ kind, foreign: kind.foreign }] : []));
  const found =
    as === undefined
      ? (able.find(({ foreign }) => foreign.recognises("name", config, text)) ??
        able.find(({ foreign }) => foreign.recognises("text", config, text)))
      : able.find(({ kind }) => kind.name === as);
  if (found) return found;
  const names = able.map(({ kind }) => kind.name);
  if (as !== undefined)
    throw new UsageError(`--as: no proxy that can be configured so is called “${as}”; ${meant(as, names)}`);
  throw new UsageError(`--config ${basename(config)}: wanted one of ${names.join(", ")}; say which with --as`);
}

function driverOf(name: string, drivers: readonly ProxyDriver[]): ProxyDriver {
  const found = drivers.find((driver) => driver.name === name);
  if (found) return found;
  throw new UsageError(`--as: ${noSuchProxy(name, drivers)}`);
}

function placeholder(name: string): string {
  return `\${BADGATEWAY_${name}}`;
}

/** The highest number of an upstream that a configuration leaves open. */
function upstreamsIn(open: ReadonlySet<string>): number {
  const numbers = [...open].map((name) => /^UPSTREAM(?:_(\d+))?(?:_HOST|_PORT)?$/.exec(name));
  return Math.max(0, ...numbers.map((match) => (match ? Number(match[1] ?? 1) : 0)));
}
