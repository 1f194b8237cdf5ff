import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { withDeadline } from "../../harness/net/deadline.ts";
import { watch } from "../../harness/net/watchdog.ts";

const root = join(import.meta.dirname, "..", "..");

/** A small catalogue of our own: one scenario for each thing that can become of a cell. */
export const catalogue = ["--catalogue", join(import.meta.dirname, "catalogue")];

/** A late answer may be 900 ms late then: beside other specs it may well be later than what a short timer allows. */
export const unhurried = ["--timers", "head=1s"];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts the command line as a real process, in a process group of its own that outlives us in no case. */
export function start(args: readonly string[], env: Environment = {}): ChildProcessByStdio<null, Readable, Readable> {
  const { CI: _, FORCE_COLOR: __, BADGATEWAY_NO_SKIPS: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, [join(root, "harness", "cli", "main.ts"), ...args], {
    cwd: root,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  if (child.pid !== undefined) child.once("exit", watch.group(child.pid));
  return child;
}

/** Runs the command line to its end; one that does not come to it within so many milliseconds is ended. */
export async function badgateway(args: readonly string[], env: Environment = {}, within = 60_000): Promise<Ended> {
  const child = start(args, env);
  const ended = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  try {
    const [[code], stdout, stderr] = await withDeadline(ended, within, `badgateway ${args.join(" ")} did not end`);
    return { code, stdout, stderr };
  } finally {
    child.kill("SIGKILL");
  }
}
