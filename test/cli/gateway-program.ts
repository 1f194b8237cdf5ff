import { once } from "node:events";
import { createInterface } from "node:readline";
import { withDeadline } from "../../harness/net/deadline.ts";
import { badgateway, type Ended, start } from "./badgateway.ts";

/** The gateway as a program, listening on a free port. */
export interface GatewayProgram extends AsyncDisposable {
  readonly url: URL;
  /** Lines of the log behind the first, which tells where it listens. */
  readonly log: string[];
  /** What it said on standard error. */
  readonly notices: string[];
  /** Reads no more of the log. */
  pauseLog(): void;
  resumeLog(): void;
  signal(name: NodeJS.Signals): void;
  /** Waits for the log to have so many lines. */
  logged(lines: number): Promise<readonly string[]>;
  /** The exit code, once it has ended. */
  code(): Promise<number | null>;
}

const onFreePort = ["gateway", "--listen", "127.0.0.1:0"];

/** Waits for a program that must end by itself. */
export const endedProgram = (args: readonly string[]): Promise<Ended> =>
  badgateway([...onFreePort, ...args], {}, 10_000);

export async function startProgram(args: readonly string[]): Promise<GatewayProgram> {
  const child = start([...onFreePort, ...args]);
  const closed = once(child, "close");
  const log: string[] = [];
  const notices: string[] = [];
  const waiting = new Set<() => void>();
  const listening = Promise.withResolvers<URL>();
  createInterface(child.stderr).on("line", (line) => notices.push(line));
  createInterface(child.stdout).on("line", (line) => {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
    if (/listen/.test(line) && url !== undefined) listening.resolve(new URL(url));
    else log.push(line);
    for (const look of waiting) look();
  });
  void closed.then(() => listening.reject(new Error(`it ended: ${notices.join("\n")}`)));
  const url = await withDeadline(listening.promise, 15_000, "It did not listen").catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return {
    url,
    log,
    notices,
    pauseLog: () => void child.stdout.pause(),
    resumeLog: () => void child.stdout.resume(),
    signal: (name) => void child.kill(name),
    logged: async (lines) => {
      const enough = Promise.withResolvers<void>();
      const look = () => log.length >= lines && enough.resolve();
      waiting.add(look);
      look();
      await withDeadline(enough.promise, 5_000, `${lines} lines were not logged`).finally(() => waiting.delete(look));
      return log;
    },
    code: async () => (await withDeadline(closed, 10_000, "It did not end"))[0],
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await closed;
    },
  };
}
