import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { badgateway, catalogue } from "./badgateway.ts";

describe("wrong usage ends with one line and exit code 2", () => {
  test.each([
    [["rnu"], "unknown command 'rnu' (Did you mean run?)"],
    [["run", "--prxy", "nginx"], "unknown option '--prxy' (Did you mean --proxy?)"],
    [["run", "--seed"], "option '--seed <number>' argument missing"],
    [["list", "proxys"], "unknown command 'proxys' (Did you mean proxies?)"],
    [["run", "sound/helthy"], "no scenario is called “sound/helthy”; did you mean sound/healthy?"],
    [["run", "sond"], "no scenario is called “sond”; did you mean sound?"],
    [["run", "sond/*"], "no scenario is called “sond/*”; did you mean sound/*?"],
    [
      ["run", "sound", "zzzzzz/q"],
      "no scenario is called “zzzzzz/q”; known: late/*, sound/*, wanting/*, wrong/* (badgateway list scenarios)",
    ],
    [["list", "scenarios", "sond"], "no scenario is called “sond”; did you mean sound?"],
    [["run", "--proxy", "gatway"], "no proxy is called “gatway”; did you mean gateway?"],
    [["run", "--proxy", "gateway,iis-on-mars"], "no proxy is called “iis-on-mars”; known: "],
    [["run", "--via", "locl"], "--via: wanted local or container; got “locl”"],
    [["run", "--timers", "haed=1s"], "--timers: no timer is called “haed”; did you mean head?"],
    [["run", "--timers", "head=soon"], "--timers head: wanted a positive time such as 200ms or 1s; got “soon”"],
    [["run", "--timers", "head=0"], "--timers head: wanted a positive time such as 200ms or 1s; got “0”"],
    [["run", "--timers", "head=-5"], "--timers head: wanted a positive time such as 200ms or 1s; got “-5”"],
    [
      ["run", "--timers", "total=x"],
      "--timers total: wanted a positive time such as 200ms or 1s, or 0 for none; got “x”",
    ],
    [["run", "--seed", "-1"], "--seed: wanted a whole number from 0 up; got “-1”"],
    [["run", "--concurrency", "0"], "--concurrency: wanted a whole number from 1 up; got “0”"],
    [
      ["matrix", ".", "--format", "toString"],
      "--format: wanted markdown or cross-walk or evidence or json; got “toString”",
    ],
    [["run", "--repeat", "0"], "--repeat: wanted a whole number from 1 up; got “0”"],
  ])("%j", async (args, message) => {
    const words = args[0] === "list" ? 2 : 1;
    const own = args[0] === "run" || args[1] === "scenarios" ? catalogue : [];
    const { code, stdout, stderr } = await badgateway([...args.slice(0, words), ...own, ...args.slice(words)]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(`badgateway: ${message}`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("no command at all shows the help", async () => {
    const { code, stderr } = await badgateway([]);
    expect(stderr).toContain("Usage: badgateway");
    expect(code).toBe(2);
  });

  test("--save at a place that is no folder, before anything starts", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "file");
    await writeFile(file, "");
    const { code, stdout, stderr } = await badgateway(["run", ...catalogue, "--save", join(file, "trials")]);
    expect(stderr).toMatch(/^badgateway: --save \S+: wanted a folder that can be written; ENOTDIR[^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("--via container where no engine answers", async () => {
    const { code, stdout, stderr } = await badgateway(["run", ...catalogue, "--via", "container"], {
      DOCKER_HOST: "unix:///nowhere/docker.sock",
    });
    expect(stderr).toMatch(/^badgateway: --via container: no container engine answers at unix:\/\/\/nowhere[^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("--catalogue that is no folder, or holds no scenario", async () => {
    await using folder = await temporaryFolder();
    const none = await badgateway(["run", "--catalogue", join(folder.path, "none")]);
    expect(none.stderr).toMatch(/^badgateway: --catalogue: wanted a folder of scenarios; \S+ is none\n$/);
    const empty = await badgateway(["run", "--catalogue", folder.path]);
    expect(empty.stderr).toMatch(/^badgateway: --catalogue: wanted a folder that holds <family>\/<name>.ts; [^\n]+\n$/);
    expect([none.code, empty.code]).toEqual([2, 2]);
  });
});

test("--help and --version are there at once, with nothing loaded that a command needs", async () => {
  const help = await badgateway(["run", "--help"]);
  expect(help.stdout).toContain("--timers <list>");
  expect(help.stdout).toContain("Exit codes: 0 all as claimed");
  const version = await badgateway(["--version"]);
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect([help.code, version.code]).toEqual([0, 0]);
});
