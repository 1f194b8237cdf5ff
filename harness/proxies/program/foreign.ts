import { readdir, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ForeignConfiguration, Ground, RunningProxy } from "../../driver.ts";
import { accepting } from "../../net/accepting.ts";
import { freePort } from "../../net/listen.ts";
import { freshLoopback } from "../../net/loopback.ts";
import { messageOf } from "../../net/message-of.ts";
import { probe } from "../../net/probe.ts";
import { whereOf } from "../../net/where-of.ts";
import type { Plan } from "../../plan.ts";
import { type Launcher, startDeadline } from "./launch.ts";
import { filled } from "./placeholders.ts";
import type { ForeignConduct, Program } from "./program.ts";

export interface ForeignStart {
  readonly program: Program;
  readonly conduct: ForeignConduct;
  readonly configuration: ForeignConfiguration;
  readonly plans: readonly Plan[];
  readonly ground: Ground;
  /** Makes a way of running a program. */
  readonly launcher: (program: Program) => Launcher;
}

/**
 * Starts a configuration that was written by somebody else. Its copy, in which placeholders alone are filled, lies among
 * links to the files that were beside it, so that what it includes is found.
 * @throws Error with the program's own words when it does not serve
 */
export async function startForeign(start: ForeignStart): Promise<RunningProxy> {
  const { program, conduct, configuration, plans, ground, launcher } = start;
  const [plan, ...others] = plans;
  if (!plan || others.length > 0)
    throw new RangeError(`a configuration that is not ours has one route, wanted ${plans.length}`);
  const { folder, signal } = ground;
  const url = configuration.listens ?? (await freeUrl());
  if (configuration.listens && (await probe(whereOf(url))) === "connected")
    throw new Error(`somebody listens on ${url.host} already; stop it, since ${program.name} is to be started there`);
  await linkNeighbours(configuration.file, folder);
  const file = join(folder, basename(configuration.file));
  await writeFile(file, filled(configuration.text, url, plan));

  // The text is read for what it sets itself; that a program says when it is ready cannot be relied upon.
  const { ready: _, starter: __, ...rest } = program;
  const theirs: Program = {
    ...rest,
    ...(conduct.starter !== undefined && { starter: conduct.starter }),
    arguments: () => conduct.arguments(file, folder, configuration.text),
  };
  await using starting = new AsyncDisposableStack();
  const launched = starting.use(
    await launcher(theirs).launch({ folder, plans, signal, besides: [dirname(configuration.file)] }),
  );
  const last = () => launched.output().slice(-12).join("\n");
  await accepting(url, {
    deadline: startDeadline,
    signal,
    givenUp: () => launched.died() && `it ended with ${launched.died()}`,
  }).catch((error: unknown) => {
    const why = messageOf(error);
    throw new Error(`with ${configuration.file}: ${why}; its last lines:\n${last()}`, { cause: error });
  });
  const before = launched.output().length;
  const running = starting.move();
  return {
    version: program.version.pattern.exec(launched.output().join("\n"))?.[1] ?? "unknown",
    routes: [url],
    said: async () => launched.output().slice(before),
    died: () => launched.died(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function linkNeighbours(file: string, folder: string): Promise<void> {
  const beside = dirname(file);
  const names = (await readdir(beside)).filter((name) => name !== basename(file));
  await Promise.all(names.map((name) => symlink(join(beside, name), join(folder, name))));
}

async function freeUrl(): Promise<URL> {
  const host = freshLoopback();
  return new URL(`http://${host}:${await freePort(host)}`);
}
