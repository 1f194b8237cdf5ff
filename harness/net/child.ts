import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { withDeadline } from "./deadline.ts";
import { cleanEnvironment } from "./environment.ts";
import { gated } from "./gated.ts";
import { messageOf } from "./message-of.ts";
import { SpokenLines } from "./spoken-lines.ts";
import { watch } from "./watchdog.ts";

export interface ChildOptions {
  /** Where it runs; where we run, unless told. */
  readonly cwd?: string;
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with every line of its output. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds from SIGTERM to SIGKILL when it is closed; 0 kills at once. 1,000 unless told. */
  readonly grace?: number;
}

/** How a process has ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of ours. Disposing ends it with its whole group, forcefully, and resolves when all of them are gone. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Resolves when it and what it has started are gone, and all it wrote has been heard. */
  readonly exited: Promise<Exit>;
  /** How it has ended, when it has. */
  exit(): Exit | undefined;
  /** What it has written last, both streams together in the order in which it came. */
  lines(): readonly string[];
  /**
   * Waits for a line, said already or to come, of which `pick` makes something.
   * @param what completes the sentence "… within N ms"
   * @throws Error with its last lines when the deadline passes, or when it ends first
   */
  heard<T>(pick: (line: string) => T | undefined, milliseconds: number, what: string): Promise<T>;
  /** Writes a line to its standard input. */
  tell(line: string): void;
  /** Sends a signal to its group; does nothing when it has ended. */
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts a program in a process group of its own, with a clean environment.
 * When the process ends, whatever it has started ends with it.
 * @param command its path
 * @throws Error when the program cannot be started
 */
export async function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Promise<Child> {
  const { cwd, env, onLine, grace = 1_000 } = options;
  try {
    accessSync(command, constants.X_OK);
  } catch (error) {
    throw new Error(`${command} could not be started: ${messageOf(error)}`, { cause: error });
  }
  const spawned = spawn(...gated(command, args), {
    ...(cwd !== undefined && { cwd }),
    env: { ...cleanEnvironment(), ...env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (spawned.pid === undefined) {
    const [error] = await once(spawned, "error");
    throw new Error(`${command} could not be started: ${error.message}`, { cause: error });
  }
  const child = new RunningChild(command, spawned, spawned.pid, grace);
  if (onLine) child.spoken.listeners.add(onLine);
  return child;
}

class RunningChild implements Child {
  readonly spoken = new SpokenLines();
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly #command: string;
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #grace: number;
  #exit: Exit | undefined;

  constructor(command: string, spawned: ChildProcessByStdio<Writable, Readable, Readable>, pid: number, grace: number) {
    this.#command = command;
    this.#process = spawned;
    this.#grace = grace;
    this.pid = pid;
    const unwatch = watch.group(pid);
    this.tell("go");
    for (const input of [spawned.stdout, spawned.stderr]) {
      createInterface({ input }).on("line", (line) => this.spoken.take(line));
    }
    spawned.stdin.on("error", () => {}); // it has ended, which `exited` tells
    spawned.once("exit", (code, signal) => {
      this.#exit = { code, signal };
      this.#signal("SIGKILL"); // what it has started
      unwatch();
    });
    // Every process of the group holds the pipes of its output; when they are closed, all of them are gone.
    this.exited = once(spawned, "close").then(([code, signal]) => ({ code, signal }));
  }

  exit(): Exit | undefined {
    return this.#exit;
  }

  lines(): readonly string[] {
    return this.spoken.kept();
  }

  heard<T>(pick: (line: string) => T | undefined, milliseconds: number, what: string): Promise<T> {
    const ended = this.exited.then((exit) => `${this.#command} ended (${describeExit(exit)})`);
    return this.spoken.heard(pick, milliseconds, what, ended);
  }

  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.#exit) this.#signal(signal);
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ESRCH" && code !== "EPERM") throw error; // nobody is left in the group; macOS: only zombies are
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#exit && this.#grace > 0) {
      this.#signal("SIGTERM");
      await withDeadline(this.exited, this.#grace, "it did not end").catch(() => {}); // then by force
    }
    this.kill("SIGKILL");
    await withDeadline(this.exited, 5_000, `${this.#command} (${this.pid}) and what it started did not end`);
  }
}

export function describeExit({ code, signal }: Exit): string {
  return signal ?? `code ${code}`;
}
