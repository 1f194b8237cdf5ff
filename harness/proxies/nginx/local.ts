import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { withDeadline } from "../../net/deadline.ts";
import { commandLine, type Launcher, startDeadline } from "./launch.ts";
import { ready } from "./log.ts";

/** The nginx that is installed on this machine. */
export const local: Launcher = {
  async missing() {
    return (await programPath()) === undefined ? "no nginx on the PATH: apt-get install nginx" : undefined;
  },
  async launch({ folder }) {
    const [, ...args] = commandLine(folder);
    const child = spawn((await programPath()) ?? "nginx", args, {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    let said = "";
    let died: string | undefined;
    const serves = Promise.withResolvers<void>();
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (ready.test(said)) serves.resolve();
    });
    child.once("exit", (code, signal) => {
      died = signal ? `killed by ${signal}` : `exit code ${code}`;
      serves.reject(new Error(`nginx ended with ${died}: ${said.trim()}`));
    });
    const close = async () => {
      if (died !== undefined || child.pid === undefined) return;
      const exited = once(child, "exit");
      process.kill(-child.pid, "SIGKILL");
      await exited;
    };
    try {
      await withDeadline(serves.promise, startDeadline, "nginx did not start");
    } catch (error) {
      await close();
      throw error;
    }
    return { said: () => said, died: () => died, [Symbol.asyncDispose]: close };
  },
};

/** Debian keeps servers in folders that are not on an ordinary user's PATH. */
async function programPath(): Promise<string | undefined> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  for (const folder of folders) {
    const path = join(folder, "nginx");
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
