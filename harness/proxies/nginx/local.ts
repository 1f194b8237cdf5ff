import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Exit, startChild } from "../../net/child.ts";
import { commandLine, type Launcher } from "./launch.ts";
import { ready, version } from "./log.ts";

/** Milliseconds that nginx may take to start. */
const startDeadline = 10_000;

/** The nginx that is installed on this machine. */
export const local: Launcher = {
  async missing() {
    return (await program()) === undefined ? "no nginx on the PATH: apt-get install nginx" : undefined;
  },
  async launch({ folder, signal }) {
    await using starting = new AsyncDisposableStack();
    const child = starting.use(await startChild((await program()) ?? "nginx", commandLine(folder)));
    const told = await child.heard((line) => version.exec(line)?.[1], startDeadline, "nginx did not tell its version");
    await child.heard((line) => ready.test(line) || undefined, startDeadline, "nginx did not start its worker");
    signal.throwIfAborted();
    const running = starting.move();
    return {
      version: told,
      died: () => describe(child.exit()),
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  },
};

function describe(exit: Exit | undefined): string | undefined {
  return exit && (exit.signal === null ? `exit code ${exit.code}` : `killed by ${exit.signal}`);
}

/** Debian keeps servers in folders that are not on an ordinary user's PATH. */
async function program(): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"]) {
    const path = join(folder, "nginx");
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
