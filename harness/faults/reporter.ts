import { type Child, startChild } from "../net/child.ts";
import type { Stages } from "../stage.ts";
import { type OnLine, type Reporting, startReporting } from "./reporting.ts";

export interface ReporterOptions {
  /** A shell command that limits what the process may use: `ulimit -n 64`. */
  readonly limit?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: OnLine;
}

/** A program of ours in a process of its own that reports what happens to it. Disposing ends it. */
export interface Reporter extends Omit<Reporting<Child>, "program">, AsyncDisposable {
  readonly child: Child;
}

/** Starts the program and waits until it listens. */
export async function startReporter(
  stages: Stages,
  command: readonly string[],
  { limit = ":", env = {}, onLine }: ReporterOptions,
): Promise<Reporter> {
  // A core file of a process that dies on purpose helps nobody.
  const args = ["-c", `ulimit -c 0; ${limit}; exec "$0" "$@"`, ...command];
  const { program, ...reporting } = await startReporting(
    stages,
    async (heard) => startChild("/bin/sh", args, { cwd: await stages[0].folder(), env, grace: 0, onLine: heard }),
    onLine,
  );
  return { child: program, ...reporting, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}
