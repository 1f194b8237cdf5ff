import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Foreign, Ground, ProxyDriver, Route, RunningProxy } from "../../driver.ts";
import { accepting } from "../../net/accepting.ts";
import { comesTrue } from "../../net/comes-true.ts";
import { messageOf } from "../../net/message-of.ts";
import type { Plan } from "../../plan.ts";
import { container } from "./container.ts";
import { startForeign } from "./foreign.ts";
import { type Launched, type Launcher, startDeadline } from "./launch.ts";
import { local } from "./local.ts";
import type { ForeignConduct, Program } from "./program.ts";
import { routesFor } from "./routes.ts";
import { isVersion } from "./version.ts";

/** Milliseconds from a program's last words to its end. */
const endDeadline = 1_000;

/** The program on this machine, and in a container: the same configuration text, the same answers. */
export function driversOf(program: Program): readonly [local: ProxyDriver, container: ProxyDriver] {
  return [driver(program, "local", local), driver(program, "container", container)];
}

type Way = (program: Program, wanted?: string) => Launcher;

function foreign(program: Program, conduct: ForeignConduct, via: "local" | "container", way: Way): Foreign {
  const { name, unit } = program;
  return {
    recognises: (by, file, text) => (by === "name" ? conduct.name.test(basename(file)) : conduct.sign.test(text)),
    configured: (configuration) => {
      const { missing } = way(program);
      const start: ProxyDriver["start"] = (plans, ground) =>
        startForeign({ program, conduct, configuration, plans, ground, launcher: (program) => way(program) });
      return { name, via, unit, dialect: { rows: [] }, missing, config: () => configuration.text, start };
    },
  };
}

function driver(program: Program, via: "local" | "container", way: Way, wanted?: string): ProxyDriver {
  const { name, unit, untimed, dialect, config, cannot } = program;
  const launcher = way(program, wanted);
  return {
    name: wanted === undefined ? name : `${name}@${wanted}`,
    via,
    unit,
    dialect,
    at: (version) => driver(program, via, way, version),
    missing: launcher.missing,
    config,
    ...(untimed && { untimed }),
    ...(cannot && { cannot }),
    ...(program.foreign && { foreign: foreign(program, program.foreign, via, way) }),
    start: async (plans, ground) => inVersion(wanted, await start(program, launcher, plans, ground)),
  };
}

/** @throws Error when a proxy of another version has started than was wanted */
async function inVersion(wanted: string | undefined, running: RunningProxy): Promise<RunningProxy> {
  if (wanted === undefined || isVersion(running.version, wanted)) return running;
  await running[Symbol.asyncDispose]();
  throw new Error(`wanted version ${wanted}, got ${running.version}`);
}

async function start(
  program: Program,
  launcher: Launcher,
  plans: readonly Plan[],
  { folder, signal }: Ground,
): Promise<RunningProxy> {
  const routes = await routesFor(plans, folder);
  await Promise.all((program.folders ?? []).map((name) => mkdir(join(folder, name), { recursive: true })));
  const files = { ...program.files?.(routes), [program.configurationFile]: program.config(routes) };
  await Promise.all(Object.entries(files).map(([name, text]) => put(join(folder, name), text)));

  await using starting = new AsyncDisposableStack();
  const file = join(folder, program.configurationFile);
  const launched = starting.use(await naming(file, launcher.launch({ folder, plans, signal })));
  const died = (index: number) => {
    const route = routes[index];
    return (route && program.ended?.(index, launched.output(), route)) ?? launched.died();
  };
  if (!program.ready) await naming(file, allServing(program, routes, { launched, died, signal }));
  const running = starting.move();
  return {
    version: program.version.pattern.exec(launched.output().join("\n"))?.[1] ?? "unknown",
    routes: routes.map(urlOf),
    async said(index) {
      const route = routes[index];
      const words = route ? await program.said(route, index, launched.output()) : [];
      if (words.some((word) => program.lastWords?.test(word)))
        await comesTrue(() => died(index) !== undefined, endDeadline);
      return words;
    },
    died,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Some programs want a folder for each of their processes. */
async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Whatever keeps the program from serving, the configuration's path stands before it. */
async function naming<T>(file: string, starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    throw new Error(`with ${file}: ${messageOf(error)}`, { cause: error });
  }
}

interface Starting {
  readonly launched: Launched;
  readonly died: (index: number) => string | undefined;
  readonly signal: AbortSignal;
}

async function allServing(program: Program, routes: readonly Route[], { launched, died, signal }: Starting) {
  try {
    // One after the other: they are ready in about that order, and a route in need of time is asked about alone.
    for (const [index, route] of routes.entries()) {
      await accepting(urlOf(route), {
        deadline: startDeadline,
        signal,
        givenUp: () => died(index) && `${program.name} ended with ${died(index)}`,
        also: async () => program.serves?.(route) ?? true,
      });
    }
  } catch (error) {
    const last = launched.output().slice(-20).join("\n");
    throw new Error(`${messageOf(error)}; its last lines:\n${last}`, { cause: error });
  }
}

function urlOf({ host, port }: Route): URL {
  return new URL(`http://${host}:${port}`);
}
