import { describeExit, startChild } from "../../net/child.ts";
import { findProgram } from "../../net/program.ts";
import { commandLine, isUp, type Launcher, startDeadline } from "./launch.ts";
import type { Program } from "./program.ts";

/** Debian keeps servers in folders that are not on an ordinary user's PATH. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin"];

/** The program as it is installed on this machine. */
export function local(program: Program): Launcher {
  const { name, binary, supply } = program;
  return {
    async missing() {
      return (await findProgram(binary, serverFolders)) === undefined
        ? `no ${binary} on the PATH: ${supply}`
        : undefined;
    },
    async launch({ folder, signal }) {
      await using starting = new AsyncDisposableStack();
      const [command = "sh", ...args] = commandLine(
        program,
        (await findProgram(binary, serverFolders)) ?? binary,
        folder,
      );
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
