import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ground, ProxyDriver, Route, RunningProxy } from "../../driver.ts";
import { freePorts } from "../../net/listen.ts";
import { freshLoopback } from "../../net/loopback.ts";
import type { Plan } from "../../plan.ts";
import { configuration, logOf } from "./configuration.ts";
import { container } from "./container.ts";
import { dialect } from "./dialect.ts";
import { configurationFile, type Launcher } from "./launch.ts";
import { local } from "./local.ts";
import { logged } from "./log.ts";

/** nginx, as a program of this machine and in a container: the same configuration text, the same answers. */
export default [driver("local", local), driver("container", container)];

function driver(via: "local" | "container", launcher: Launcher): ProxyDriver {
  return {
    name: "nginx",
    via,
    unit: 1,
    dialect,
    missing: launcher.missing,
    config: configuration,
    start: (plans, ground) => start(launcher, plans, ground),
  };
}

async function start(launcher: Launcher, plans: readonly Plan[], { folder, signal }: Ground): Promise<RunningProxy> {
  const host = freshLoopback();
  const ports = await freePorts(host, plans.length);
  const routes = ports.map(
    (port, index): Route => ({ plan: plans[index] as Plan, host, port, log: logOf(folder, index) }),
  );
  await mkdir(join(folder, "temporary"));
  await writeFile(join(folder, configurationFile), configuration(routes));

  const nginx = await launcher.launch({ folder, plans, signal });
  return {
    version: nginx.version,
    routes: routes.map(({ port }) => new URL(`http://${host}:${port}`)),
    said: (route) => logged(logOf(folder, route)),
    died: nginx.died,
    [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose](),
  };
}
