import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { startChild } from "../../harness/net/child.ts";
import { gated } from "../../harness/net/gated.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { watch } from "../../harness/net/watchdog.ts";
import { livingIn, stateOf } from "./fixtures/processes.ts";

const sh = (script: string, grace?: number) =>
  startChild("/bin/sh", ["-c", script], grace === undefined ? {} : { grace });
const word = (wanted: string) => (line: string) => (line === wanted ? line : undefined);

describe("startChild", () => {
  test("hears a line that came before and one that comes later", async () => {
    await using child = await sh("echo one; read -r line; echo got $line >&2; exec sleep 600");
    expect(await child.heard(word("one"), 5_000, "no first line")).toBe("one");
    expect(await child.heard(word("one"), 5_000, "no first line")).toBe("one");
    child.tell("two");
    expect(await child.heard(word("got two"), 5_000, "no second line")).toBe("got two");
    expect(child.lines()).toEqual(["one", "got two"]);
  });

  test("names the exit and the last lines when it ends before it is ready", async () => {
    await using child = await sh("echo cannot bind >&2; exit 3");
    await expect(child.heard(word("ready"), 5_000, "It was not ready")).rejects.toThrow(
      "It was not ready: /bin/sh ended (code 3); its last lines:\ncannot bind",
    );
    expect(await child.exited).toEqual({ code: 3, signal: null });
  });

  test("names the deadline when it is never ready", async () => {
    await using child = await sh("exec sleep 600", 0);
    await expect(child.heard(word("ready"), 20, "It was not ready")).rejects.toThrow(
      "It was not ready within 20 ms; it said nothing",
    );
  });

  test("a program that does not exist is an error that names it", async () => {
    await expect(startChild("/nowhere/program", [])).rejects.toThrow("/nowhere/program could not be started: ENOENT");
  });

  test("a program does not begin before the watchdog knows of it", async () => {
    await using folder = await temporaryFolder();
    const begun = join(folder.path, "begun");
    const { group } = watch;
    const registered = vi.spyOn(watch, "group").mockImplementation((pid) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); // time enough to begin, if it might
      expect(existsSync(begun)).toBe(false);
      return group(pid);
    });
    await using child = await sh(`echo > '${begun}'; echo begun; exec sleep 600`, 0);
    await child.heard(word("begun"), 5_000, "It did not begin");
    expect(registered).toHaveBeenCalledExactlyOnceWith(child.pid);
    registered.mockRestore();
  });

  test("a program does not begin when whoever started it is gone before it could be told", async () => {
    await using folder = await temporaryFolder();
    const begun = join(folder.path, "begun");
    const [command, args] = gated("/bin/sh", ["-c", `echo > '${begun}'; read -r line; echo "got $line"`]);
    const alone = spawnSync(command, args, { input: "", encoding: "utf8" });
    expect([alone.status, existsSync(begun)]).toEqual([1, false]);
    const told = spawnSync(command, args, { input: "go\nmore\n", encoding: "utf8" });
    expect([told.status, existsSync(begun), told.stdout]).toEqual([0, true, "got more\n"]);
  });

  test("gives no proxy variables, NODE_OPTIONS or other surroundings to it", async () => {
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");
    vi.stubEnv("NODE_OPTIONS", "--no-warnings");
    await using child = await startChild("/usr/bin/env", [], { env: { OWN: "1" } });
    vi.unstubAllEnvs();
    await child.exited;
    const names = child.lines().map((line) => line.split("=")[0]);
    expect(names).toContain("PATH");
    expect(names).toContain("OWN");
    expect(names).not.toContain("HTTP_PROXY");
    expect(names).not.toContain("NODE_OPTIONS");
  });

  test("keeps the last 200 lines", async () => {
    await using child = await sh("i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; done; echo end");
    await child.heard(word("end"), 5_000, "no end");
    expect(child.lines()).toHaveLength(200);
    expect(child.lines()[0]).toBe("102");
  });

  test("closing ends a polite process by SIGTERM", async () => {
    const child = await sh("trap 'exit 7' TERM; echo up; while :; do sleep 0.01; done", 5_000);
    await child.heard(word("up"), 5_000, "not up");
    await child[Symbol.asyncDispose]();
    expect(child.exit()).toEqual({ code: 7, signal: null });
  });

  test.for([
    ["deaf to SIGTERM", "trap '' TERM; echo up; while :; do sleep 0.01; done", /./],
    ["stopped", "echo up; kill -STOP $$", /^T/],
  ] as const)("closing kills a process that is %s, and what it has started", async ([, script, state]) => {
    const child = await sh(`sleep 600 & ${script}`, 50);
    await child.heard(word("up"), 5_000, "not up");
    await expect.poll(() => stateOf(child.pid)).toMatch(state);
    await child[Symbol.asyncDispose]();
    expect(child.exit()).toEqual({ code: null, signal: "SIGKILL" });
    await expect.poll(() => livingIn(child.pid)).toEqual([]);
  });

  test("when it dies, what it has started is killed", async () => {
    await using child = await sh("sleep 600 & echo up; wait");
    await child.heard(word("up"), 5_000, "not up");
    process.kill(child.pid, "SIGKILL");
    expect(await child.exited).toEqual({ code: null, signal: "SIGKILL" });
    await expect.poll(() => livingIn(child.pid)).toEqual([]);
  });
});
