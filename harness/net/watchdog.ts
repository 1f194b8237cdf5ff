import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { watchdogScript } from "./watchdog-script.ts";

/**
 * Cleans up after us when we cannot: a SIGKILL leaves no time to. One little process, in a session of its own
 * so that Ctrl-C in the terminal passes it by, reads a pipe from us. The kernel closes the pipe when we are
 * gone, however that came about; the watchdog then ends and removes whatever is still registered.
 *
 *     we ── "add 7 group 4711" ─▶ /bin/sh ── kill -s KILL -4711
 *
 * Each method registers one thing and returns the function that takes it back. Without a `/bin/sh` there is
 * no watchdog, and no program of ours to watch (`gated.ts`).
 */
export const watch = {
  /** Every process of the group that `pid` leads. */
  group: (pid: number) => register("group", String(pid)),
  /** A folder with all that is in it. */
  folder: (path: string) => register("folder", path),
  /** Every container, running or not, that carries the label: `key` or `key=value`. */
  containers: (label: string) => register("containers", label),
  /** Every network of the container engine that carries the label, once its containers are gone. */
  networks: (label: string) => register("networks", label),
};

let watchdog: Writable | undefined;
let count = 0;

function register(kind: string, value: string): () => void {
  if (/[\n\r\0]/.test(value)) throw new TypeError(`${kind}: wanted one line of text, got ${JSON.stringify(value)}`);
  watchdog ??= start();
  const number = ++count;
  watchdog.write(`add ${number} ${kind} ${value}\n`);
  return () => void watchdog?.write(`drop ${number}\n`);
}

/** Started when there is first something to watch. It never keeps us alive. */
function start(): Writable {
  const process = spawn("/bin/sh", ["-c", watchdogScript], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  process.on("error", () => {}); // no shell
  process.stdin.on("error", () => {}); // somebody has ended it
  process.unref();
  if ("unref" in process.stdin && typeof process.stdin.unref === "function") process.stdin.unref();
  return process.stdin;
}
