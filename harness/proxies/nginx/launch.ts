import type { Plan } from "../../plan.ts";

/** What a way of starting nginx must give: one for a local program, one for a container. */
export interface Launcher {
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
  /** What nginx has written to standard error so far. */
  said(): string;
  /** How it ended, when it has. */
  died(): string | undefined;
}

export const configurationFile = "nginx.conf";

/** As root the workers stay root too: the folders they need are closed to everybody else. */
export function commandLine(folder: string): string[] {
  const asRoot = process.getuid?.() === 0 ? ["-g", "user root;"] : [];
  return ["nginx", "-p", folder, "-c", configurationFile, "-e", "stderr", ...asRoot];
}

/** How long nginx may take to start. */
export const startDeadline = 10_000;
