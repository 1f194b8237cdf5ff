import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";

const root = join(import.meta.dirname, "..", "..");

/** A small catalogue of our own: one scenario for each thing that can become of a cell. */
export const catalogue = ["--catalogue", join(import.meta.dirname, "catalogue")];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts the command line as a real process, in a process group of its own. */
export function start(args: readonly string[], env: Environment = {}): ChildProcessByStdio<null, Readable, Readable> {
  const { CI: _, FORCE_COLOR: __, BADGATEWAY_NO_SKIPS: ___, ...inherited } = process.env;
  return spawn(process.execPath, [join(root, "harness", "cli", "main.ts"), ...args], {
    cwd: root,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Runs the command line to its end. */
export async function badgateway(args: readonly string[], env: Environment = {}): Promise<Ended> {
  const child = start(args, env);
  const [[code], stdout, stderr] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
