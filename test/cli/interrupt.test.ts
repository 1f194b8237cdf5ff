import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test, vi } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { withDeadline } from "../../harness/net/deadline.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { processesWith } from "../proxies/leftovers.ts";
import { catalogue, type Environment, start } from "./badgateway.ts";

const nginx = (await loadDrivers()).find(({ name, via }) => name === "nginx" && via === "local");
const nginxIsHere = (await nginx?.missing()) === undefined;

/** A run of these scenarios, with a temporary folder that is all its own. */
async function startRun(args: readonly string[], env: Environment = {}) {
  const folder = await temporaryFolder();
  const child = start(["run", ...args, "--timers", "head=60s"], { TMPDIR: folder.path, ...env });
  const closed = once(child, "close");
  const lines: string[] = [];
  const reader = createInterface(child.stderr).on("line", (line) => lines.push(line));
  child.stdout.resume();
  return {
    lines,
    folder: folder.path,
    /** Resolves when it has said so. */
    async said(wanted: RegExp) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => lines.some((line) => wanted.test(line)) && resolve();
      reader.on("line", look);
      look();
      const ended = closed.then(() => Promise.reject(new Error(`It ended without ${wanted}:\n${lines.join("\n")}`)));
      await withDeadline(Promise.race([promise, ended]), 15_000, `It did not say ${wanted}`);
    },
    /** As a terminal does: to the whole process group. */
    interrupt: (signal: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, signal),
    ended: () => child.exitCode !== null || child.signalCode !== null,
    code: async () => (await withDeadline(closed, 10_000, "It did not end"))[0],
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** One that is in the middle of something slow. */
async function midRun() {
  const run = await startRun([...catalogue, "sound", "late", "--proxy", nginxIsHere ? "nginx" : "gateway"]);
  await run.said(/sound on (gateway|nginx)/);
  return run;
}

const holding = ["--catalogue", join(import.meta.dirname, "holding")];

/** Where an nginx is found that takes for ever to say what version it is. */
async function mutedNginx() {
  const tools = await temporaryFolder();
  await writeFile(join(tools.path, "nginx"), "#!/bin/sh\nsleep 600\n", { mode: 0o755 });
  return { ...tools, env: { PATH: `${tools.path}:${process.env.PATH}` } };
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

  test("a second Ctrl-C ends it although it cannot be closed, and still nothing is left", async () => {
    await using run = await startRun([...holding, "closing", "--proxy", "gateway"]);
    await run.said(/^holding: asked/);
    run.interrupt("SIGINT");
    await run.said(/^holding: closing/);
    await vi.waitUntil(() => run.ended() || !run.interrupt("SIGINT"), { timeout: 10_000 });
    expect(await run.code()).toBe(130);
    expect(run.lines.at(-1)).toBe("holding: closing");
    await expect.poll(() => readdir(run.folder), { timeout: 10_000 }).toEqual([]);
  });
});

describe("while it opens", () => {
  test.each(["SIGINT", "SIGKILL"] as const)("%s on a backend that is not open yet leaves nothing", async (signal) => {
    await using run = await startRun([...holding, "opening", "--proxy", "gateway"]);
    await run.said(/^holding: opening/);
    run.interrupt(signal);
    expect(await run.code()).toBe(signal === "SIGINT" ? 130 : null);
    if (signal === "SIGINT") expect(run.lines.at(-1)).toBe("badgateway: interrupted by SIGINT; everything is closed");
    await expect.poll(() => readdir(run.folder), { timeout: 10_000 }).toEqual([]);
  });

  test.each(["SIGINT", "SIGKILL"] as const)("%s on a proxy that has not started yet leaves nothing", async (signal) => {
    await using tools = await mutedNginx();
    await using run = await startRun([...catalogue, "sound", "--proxy", "nginx"], tools.env);
    await expect.poll(() => processesWith(run.folder), { timeout: 15_000 }).not.toEqual([]);
    run.interrupt(signal);
    expect(await run.code()).toBe(signal === "SIGINT" ? 130 : null);
    if (signal === "SIGINT") expect(run.lines.at(-1)).toBe("badgateway: interrupted by SIGINT; everything is closed");
    await expect.poll(() => processesWith(run.folder), { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => readdir(run.folder), { timeout: 10_000 }).toEqual([]);
  });
});
