import { describeExit, startChild } from "../../net/child.ts";
import { orAborted } from "../../net/or-aborted.ts";
import { commandLine, isUp, type Launcher, startDeadline } from "./launch.ts";
import type { Program } from "./program.ts";
import { missingProgram, pathOf } from "./version.ts";

/** The program as it is installed on this machine, in whatever version, or in the one that is wanted. */
export function local(program: Program, wanted?: string): Launcher {
  const { name, binary, grace } = program;
  return {
    missing: () => missingProgram(program, wanted),
    async launch({ folder, signal }) {
      await using starting = new AsyncDisposableStack();
      const path = (await pathOf(program, wanted)) ?? binary;
      const [command, ...args] = commandLine(program, path, folder);
      const output: string[] = [];
      const child = starting.use(
        await startChild(command, args, {
          cwd: folder,
          ...(grace !== undefined && { grace }),
          onLine: (line) => void output.push(line),
        }),
      );
      const up = () => isUp(program, output.join("\n")) || undefined;
      await orAborted(signal, child.heard(up, startDeadline, `${name} did not start`));
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
