import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describeExit, startChild } from "../../net/child.ts";
import { commandLine, isUp, type Launcher, startDeadline } from "./launch.ts";
import type { Program } from "./program.ts";

/** The program as it is installed on this machine. */
export function local(program: Program): Launcher {
  const { name, binary, supply } = program;
  return {
    async missing() {
      return (await pathOf(binary)) === undefined ? `no ${binary} on the PATH: ${supply}` : undefined;
    },
    async launch({ folder, signal }) {
      await using starting = new AsyncDisposableStack();
      const [command = "sh", ...args] = commandLine(program, (await pathOf(binary)) ?? binary, folder);
      const output: string[] = [];
      const child = starting.use(
        await startChild(command, args, { cwd: folder, onLine: (line) => void output.push(line) }),
      );
      await child.heard(() => isUp(program, output.join("\n")) || undefined, startDeadline, `${name} did not start`);
      signal.throwIfAborted();
      const running = starting.move();
      return {
        output: () => output,
        died() {
          const exit = child.exit();
          return exit && describeExit(exit);
        },
        [Symbol.asyncDispose]: () => running.disposeAsync(),
      };
    },
  };
}

/** Debian keeps servers in folders that are not on an ordinary user's PATH. */
async function pathOf(binary: string): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"]) {
    const path = join(folder, binary);
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
