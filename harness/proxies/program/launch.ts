import type { Plan } from "../../plan.ts";
import type { Program } from "./program.ts";

/** A way of running a program: on this machine, or in a container. */
export interface Launcher {
  /** What this machine lacks for it, with the command that supplies it. */
  missing(): Promise<string | undefined>;
  /** Resolves when the program has told its version, and that it is ready if it tells that. @throws Error with its own words when it does not */
  launch(site: Site): Promise<Launched>;
}

/** Where the configuration lies, and what it speaks of. */
export interface Site {
  /** The program runs in it; its configuration is there. */
  readonly folder: string;
  readonly plans: readonly Plan[];
  readonly signal: AbortSignal;
  /** Further folders that the program reads. */
  readonly besides?: readonly string[];
}

export interface Launched extends AsyncDisposable {
  /** All it has written so far, line by line. */
  output(): readonly string[];
  /** How it ended, when it has. */
  died(): string | undefined;
}

/** Milliseconds that a program may take to start. */
export const startDeadline = 30_000;

/** Prints the program's version, then becomes the program: one command line for both ways of running it. */
export function commandLine(
  { version, starter, ...program }: Program,
  path: string,
  folder: string,
): [string, ...string[]] {
  const start = starter ?? 'exec "$0" "$@"';
  return ["/bin/sh", "-c", `"$0" ${version.arguments.join(" ")} 2>&1; ${start}`, path, ...program.arguments(folder)];
}

/** The text in which the version, and the readiness where it is told, have to be found. */
export function isUp({ version, ready }: Program, said: string): boolean {
  return version.pattern.test(said) && (ready?.test(said) ?? true);
}
