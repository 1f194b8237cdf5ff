import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Ground } from "../../driver.ts";
import { type Child, describeExit, startChild } from "../../net/child.ts";
import { compileCache } from "../../net/compile-cache.ts";
import { orAborted } from "../../net/or-aborted.ts";
import type { Orders } from "./serve.ts";

/** Next to this file, as source or compiled. */
const mainFile = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

/** Milliseconds that a process may take to listen on all its routes. */
const startDeadline = 30_000;

/**
 * Starts a process that serves routes. Resolves when it listens on all of them.
 * @param headLimit of the responses it takes; Node has one for the whole of a process
 * @param ground where what it is told lies
 * @throws Error with its last words when it ends instead
 */
export async function startProcess(orders: Orders, headLimit: number, { folder, signal }: Ground): Promise<Child> {
  const path = join(folder, `routes-${headLimit}.json`);
  await writeFile(path, JSON.stringify(orders));
  await using starting = new AsyncDisposableStack();
  const child = starting.use(
    await startChild(process.execPath, [`--max-http-header-size=${headLimit}`, mainFile, path], {
      cwd: folder,
      env: { NODE_COMPILE_CACHE: compileCache },
      grace: 0,
    }),
  );
  const ready = (line: string) => (line === "ready" ? line : undefined);
  await orAborted(signal, child.heard(ready, startDeadline, `the process with ${path} did not start`));
  starting.move();
  return child;
}

let turns = 0;

/**
 * Resolves when all that the process had to do before has been done, or when it has ended: what it does about an answer
 * it may do after the answer, such as to die.
 */
export async function atRest(child: Child): Promise<void> {
  const turn = `turn ${++turns}`;
  const told = child.heard((line) => (line === turn ? line : undefined), startDeadline, `${turn} was not said`);
  child.tell(turn);
  await told.catch((error) => {
    if (!child.exit()) throw error;
  });
}

/** How it ended, when it has. */
export function diedOf(child: Child): string | undefined {
  const exit = child.exit();
  return exit && describeExit(exit);
}
