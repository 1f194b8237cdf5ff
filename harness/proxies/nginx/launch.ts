import type { Plan } from "../../plan.ts";

/** A way of running nginx: as a local program, or in a container. */
export interface Launcher {
  /** What this machine lacks for it, with the command that supplies it. */
  missing(): Promise<string | undefined>;
  /** Resolves when nginx serves. @throws Error with nginx's own words when it does not */
  launch(site: Site): Promise<Launched>;
}

/** Where the configuration lies, and what it speaks of. */
export interface Site {
  /** nginx's prefix: `nginx.conf` is in it. */
  readonly folder: string;
  readonly plans: readonly Plan[];
  readonly signal: AbortSignal;
}

export interface Launched extends AsyncDisposable {
  readonly version: string;
  /** How it ended, when it has. */
  died(): string | undefined;
}

export const configurationFile = "nginx.conf";

/** Arguments of nginx. As root the workers stay root too: the folders they need are closed to everybody else. */
export function commandLine(folder: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ["-g", "user root;"] : [];
  return ["-p", folder, "-c", configurationFile, "-e", "stderr", ...asRoot];
}
