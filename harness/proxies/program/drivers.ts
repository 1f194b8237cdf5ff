import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ground, ProxyDriver, RunningProxy } from "../../driver.ts";
import { accepting } from "../../net/accepting.ts";
import type { Plan } from "../../plan.ts";
import { container } from "./container.ts";
import { type Launched, type Launcher, startDeadline } from "./launch.ts";
import { local } from "./local.ts";
import type { Program } from "./program.ts";
import { routesFor } from "./routes.ts";

/** The program on this machine, and in a container: the same configuration text, the same answers. */
export function driversOf(program: Program): readonly [local: ProxyDriver, container: ProxyDriver] {
  return [driver(program, "local", local(program)), driver(program, "container", container(program))];
}

function driver(program: Program, via: "local" | "container", launcher: Launcher): ProxyDriver {
  const { name, unit, dialect, config, cannot } = program;
  return {
    name,
    via,
    unit,
    dialect,
    missing: launcher.missing,
    config,
    ...(cannot && { cannot }),
    start: (plans, ground) => start(program, launcher, plans, ground),
  };
}

async function start(
  program: Program,
  launcher: Launcher,
  plans: readonly Plan[],
  { folder, signal }: Ground,
): Promise<RunningProxy> {
  const routes = await routesFor(plans, folder);
  const urls = routes.map(({ host, port }) => new URL(`http://${host}:${port}`));
  await Promise.all((program.folders ?? []).map((name) => mkdir(join(folder, name), { recursive: true })));
  const files = { ...program.files?.(routes), [program.configurationFile]: program.config(routes) };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));

  await using starting = new AsyncDisposableStack();
  const launched = starting.use(
    await launchNaming(join(folder, program.configurationFile), launcher.launch({ folder, plans, signal })),
  );
  if (!program.ready) await allAccepting(program.name, urls, launched, signal);
  const running = starting.move();
  return {
    version: program.version.pattern.exec(launched.output().join("\n"))?.[1] ?? "unknown",
    routes: urls,
    async said(index) {
      const route = routes[index];
      return route ? program.said(route, index, launched.output()) : [];
    },
    died: launched.died,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function launchNaming(file: string, launching: Promise<Launched>): Promise<Launched> {
  try {
    return await launching;
  } catch (error) {
    throw new Error(`with ${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function allAccepting(
  name: string,
  urls: readonly URL[],
  launched: Launched,
  signal: AbortSignal,
): Promise<void> {
  const died = () => launched.died() && `${name} ended with ${launched.died()}`;
  try {
    await Promise.all(urls.map((url) => accepting(url, { deadline: startDeadline, signal, givenUp: died })));
  } catch (error) {
    const last = launched.output().slice(-20).join("\n");
    throw new Error(`${error instanceof Error ? error.message : error}; its last lines:\n${last}`, { cause: error });
  }
}
