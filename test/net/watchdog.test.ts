import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { type Child, startChild } from "../../harness/net/child.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { watch } from "../../harness/net/watchdog.ts";
import { childrenOf, isAlive, livingIn } from "./fixtures/processes.ts";

const watchdogModule = JSON.stringify(join(import.meta.dirname, "../../harness/net/watchdog.ts"));
const fixture = join(import.meta.dirname, "fixtures", "doomed-parent.ts");

interface Started {
  readonly folder: string;
  /** The group that its child leads. */
  readonly group: number;
}

const startParent = () => startChild(process.execPath, [fixture], { grace: 0 });
const started = (parent: Child): Promise<Started> =>
  parent.heard((line) => (line.startsWith("{") ? JSON.parse(line) : undefined), 10_000, "The parent did not start");

describe("watchdog", () => {
  test("a SIGKILL leaves no child, no grandchild and no folder", async () => {
    await using parent = await startParent();
    const { folder, group } = await started(parent);
    expect(existsSync(folder)).toBe(true);
    expect(livingIn(group)).toHaveLength(2);
    process.kill(parent.pid, "SIGKILL");
    await parent.exited;
    await vi.waitUntil(() => !existsSync(folder) && livingIn(group).length === 0, { timeout: 5_000 });
  });

  test("stands aside when Ctrl-C reaches the group of its parent", async () => {
    await using parent = await startParent();
    const { folder, group } = await started(parent);
    process.kill(-parent.pid, "SIGINT");
    expect(await parent.exited).toEqual({ code: null, signal: "SIGINT" });
    await vi.waitUntil(() => !existsSync(folder) && livingIn(group).length === 0, { timeout: 5_000 });
  });

  test("does not keep its parent alive, and ends with it", async () => {
    const code = `import { watch } from ${watchdogModule};
      watch.folder("/nowhere/bg-1")();
      process.stdin.once("data", () => process.stdin.destroy());
      console.log("watched");`;
    await using parent = await startChild(process.execPath, ["--input-type=module", "--eval", code]);
    await parent.heard((line) => line === "watched" || undefined, 10_000, "The parent did not start");
    const [watchdog, ...others] = childrenOf(parent.pid);
    expect(others).toEqual([]);
    parent.tell("end");
    expect(await parent.exited).toEqual({ code: 0, signal: null });
    await vi.waitUntil(() => watchdog && !isAlive(watchdog.pid), { timeout: 5_000 });
  });

  test("removes the labelled containers, then the networks, also those that appear late, and not those taken back", async () => {
    await using tools = await temporaryFolder();
    const calls = join(tools.path, "calls");
    const tool = (name: string, script: string) =>
      writeFile(join(tools.path, name), `#!/bin/sh\necho "${name} $*" >> ${calls}\n${script}\n`, { mode: 0o755 });
    // The container is made while the engine is asked for the second time.
    await tool(
      "docker",
      `cd ${tools.path}; case $* in
        ps*) mkdir asked || [ -e container-gone ] || echo c0ffee ;;
        rm*) mkdir container-gone ;;
        *ls*) [ -e network-gone ] || echo beef ;;
        *) mkdir network-gone ;;
      esac`,
    );
    await tool("sleep", "");
    const code = `import { watch } from ${watchdogModule};
      watch.networks("run=1");
      watch.networks("run=2")();
      watch.containers("run=1");
      watch.containers("run=2")();
      setInterval(() => {}, 60_000);
      console.log("watched");`;
    const env = { PATH: `${tools.path}:/usr/bin:/bin` };
    await using parent = await startChild(process.execPath, ["--input-type=module", "--eval", code], { env, grace: 0 });
    await parent.heard((line) => line === "watched" || undefined, 10_000, "The parent did not start");
    process.kill(parent.pid, "SIGKILL");
    const said = () => (existsSync(calls) ? readFileSync(calls, "utf8").trimEnd().split("\n") : []);
    const scan = (list: string) => `docker ${list} --quiet --filter label=run=1`;
    const wanted = [
      ...[scan("ps --all"), "sleep 1", scan("ps --all"), "docker rm --force --volumes c0ffee"],
      ...["sleep 1", scan("ps --all"), "sleep 1", scan("ps --all")],
      ...[scan("network ls"), "docker network rm beef", "sleep 1", scan("network ls"), "sleep 1", scan("network ls")],
    ];
    await vi.waitUntil(() => said().length >= wanted.length, { timeout: 5_000 });
    expect(said()).toEqual(wanted);
  });

  test("refuses what would not fit on one line", () => {
    expect(() => watch.folder("/tmp/a\n/")).toThrow('folder: wanted one line of text, got "/tmp/a\\n/"');
  });
});
