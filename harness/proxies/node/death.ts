import { appendFileSync, readFileSync } from "node:fs";

/**
 * The death of one route stands in a file beside its log, written before its connections close: whoever sees them
 * close can know why.
 */
const recordOf = (log: string) => `${log}.died`;

/** What Node does about an exception that nobody catches: it prints it, and ends with code 1. */
export function recordDeath(log: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [words = "", ...frames] = stack.split("\n");
  appendFileSync(log, `Uncaught ${words}\n${frames.slice(0, 3).map(unplaced).join("\n")}\n`);
  appendFileSync(recordOf(log), `code 1, by an uncaught ${words}`);
}

/** How a route has died, when it has. */
export function deathOf(log: string): string | undefined {
  try {
    return readFileSync(recordOf(log), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** A line of a stack without the folder in which this machine keeps packages and programs. */
function unplaced(frame: string): string {
  return frame.replace(/(?:file:\/\/)?\/\S*\/(?:node_modules|proxies)\//, "");
}
