import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { processesWith } from "../proxies/leftovers.ts";
import { catalogue, start } from "./badgateway.ts";

const nginx = (await loadDrivers()).find(({ name, via }) => name === "nginx" && via === "local");
const nginxIsHere = (await nginx?.missing()) === undefined;

/** A run that is in the middle of something slow, with a temporary folder that is all its own. */
async function midRun() {
  const folder = await temporaryFolder();
  const args = [
    "run",
    ...catalogue,
    "sound",
    "late",
    "--proxy",
    nginxIsHere ? "nginx" : "gateway",
    "--timers",
    "head=60s",
  ];
  const child = start(args, { TMPDIR: folder.path });
  const closed = once(child, "close");
  const lines: string[] = [];
  const sound = Promise.withResolvers<void>();
  createInterface(child.stderr).on("line", (line) => {
    lines.push(line);
    if (/sound on (gateway|nginx)/.test(line)) sound.resolve();
  });
  child.stdout.resume();
  await withDeadline(sound.promise, 15_000, "The run did not get to its slow part");
  return {
    lines,
    folder: folder.path,
    /** As a terminal does: to the whole process group. */
    interrupt: (signal: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, signal),
    code: async () => (await withDeadline(closed, 10_000, "It did not end"))[0],
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe("in mid-run", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s closes everything", async (signal, code) => {
    await using run = await midRun();
    expect(await readdir(run.folder)).toEqual([expect.stringMatching(/^bg-/)]);
    expect((await processesWith(run.folder)).length > 0).toBe(nginxIsHere);

    run.interrupt(signal);
    expect(await run.code()).toBe(code);
    expect(run.lines.at(-1)).toBe(`badgateway: interrupted by ${signal}; everything is closed`);
    expect(await readdir(run.folder)).toEqual([]);
    expect(await processesWith(run.folder)).toEqual([]);
  });

  test("a second Ctrl-C ends it at once, and still nothing is left", async () => {
    await using run = await midRun();
    run.interrupt("SIGINT");
    run.interrupt("SIGINT");
    expect(await run.code()).toBe(130);
    await expect.poll(() => processesWith(run.folder), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => readdir(run.folder), { timeout: 10_000 }).toEqual([]);
  });
});
