import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Ground, ProxyDriver, RunningProxy } from "../../driver.ts";
import type { Child } from "../../net/child.ts";
import { openTogether } from "../../net/open-together.ts";
import { textIfThere } from "../../net/text-if-there.ts";
import type { Plan } from "../../plan.ts";
import { routesFor } from "../program/routes.ts";
import { deathOf } from "./death.ts";
import type { NodeProxy } from "./node-proxy.ts";
import { missingPackages, versionOf } from "./packages.ts";
import { atRest, diedOf, startProcess } from "./process.ts";
import type { Orders } from "./serve.ts";

/** A program lies beside its driver, as source or compiled. */
const programFile = `serve${extname(import.meta.filename)}`;

export function driverOf(proxy: NodeProxy): ProxyDriver {
  const { name, folder, packages, unit, untimed, dialect, cannot } = proxy;
  const program = join(folder, programFile);
  return {
    name,
    via: "local",
    unit,
    untimed,
    dialect,
    cannot,
    missing: async () => missingPackages(packages),
    config: (routes) => `${readFileSync(program, "utf8")}\n${JSON.stringify(routes, undefined, 2)}\n`,
    start: (plans, ground) => start(proxy, pathToFileURL(program).href, plans, ground),
  };
}

/**
 * One process serves all routes, unless their limits of the response head differ: Node has one limit for the whole of
 * a process, so that there is a process for each.
 */
async function start(
  { packages: [main] }: NodeProxy,
  program: string,
  plans: readonly Plan[],
  { folder, signal }: Ground,
): Promise<RunningProxy> {
  const routes = await routesFor(plans, folder);
  const groups = [...Map.groupBy(routes, ({ plan }) => plan.headLimit)];
  await using starting = new AsyncDisposableStack();
  const children = await openTogether<Child[]>(
    starting,
    groups.map(([headLimit, its]) =>
      startProcess({ program, routes: its } satisfies Orders, headLimit, { folder, signal }),
    ),
  );
  const serving = new Map(groups.flatMap(([, its], group) => its.map((route) => [route, children[group]] as const)));
  const running = starting.move();
  return {
    version: main === undefined ? process.versions.node : versionOf(main),
    routes: routes.map(({ host, port }) => new URL(`http://${host}:${port}`)),
    async said(index) {
      const route = routes[index];
      const child = route && serving.get(route);
      if (!child) return [];
      await atRest(child);
      return wordsIn(route.log);
    },
    died(index) {
      const route = routes[index];
      const child = route && serving.get(route);
      return child && (deathOf(route.log) ?? diedOf(child));
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function wordsIn(log: string): Promise<string[]> {
  return (await textIfThere(log)).split("\n").filter((line) => line !== "");
}
