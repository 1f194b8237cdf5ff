import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { withRemedies } from "../../harness/remedy.ts";
import type { RunDocument } from "../../harness/report/json.ts";
import type { Trial } from "../../harness/trial.ts";
import { judge } from "../../harness/verdict.ts";
import { badgateway, catalogue, unhurried } from "./badgateway.ts";

const run = (...args: string[]) => badgateway(["run", ...catalogue, "--proxy", "gateway", ...unhurried, ...args]);

describe("exit code", () => {
  test("0 when all is as claimed", async () => {
    const { code, stdout, stderr } = await run("sound", "late/*");
    expect(stdout).toMatch(/sound\/healthy +✓ {2}clean/);
    expect(stdout).toMatch(/late\/no-answer +✓ {2}504 +\d{4} ms/);
    expect(stdout).toMatch(/↳ remedied +✓ {2}clean/);
    expect(stdout).toMatch(/3 as claimed\n {2}3 trials in \d\.\d s, seed 1\n$/);
    expect(stderr).toContain("✓ sound on gateway: 1 as claimed\n");
    expect(code).toBe(0);
  });

  test("1 when a claim failed, with both ends", async () => {
    const { code, stdout } = await run("wrong/claim", "--seed", "42");
    expect(stdout).toMatch(/wrong\/claim +✗ {2}clean/);
    expect(stdout).toContain("clean, wanted own(502)");
    expect(stdout).toMatch(/client +asked/);
    expect(stdout).toMatch(/upstream 1 +request-read/);
    expect(stdout).toContain("again: badgateway run wrong/claim --proxy gateway --timers head=1000 --seed 42");
    expect(code).toBe(1);
  });

  test("1 when a trial is void", async () => {
    const { code, stdout } = await run("wrong/proof");
    expect(stdout).toContain("not proven: “rst” was noted 0 times, wanted at least 1");
    expect(code).toBe(1);
  });

  test("0 when something was skipped, which is told", async () => {
    const { code, stdout } = await run("wanting", "sound");
    expect(stdout).toMatch(/wanting\/program +– {2}skipped/);
    expect(stdout).toContain("1 scenario skipped: no unobtainium here: apt-get install unobtainium");
    expect(code).toBe(0);
  });

  test("1 when something was skipped and nothing may be", async () => {
    const env = { BADGATEWAY_NO_SKIPS: "1" };
    const { code } = await badgateway(["run", ...catalogue, "--proxy", "gateway", "wanting", "sound"], env);
    expect(code).toBe(1);
  });
});

test("a proxy that is taken off the PATH is skipped, with the command that installs it", async () => {
  const { code, stdout } = await badgateway(["run", ...catalogue, "sound", "--proxy", "h2o"], { PATH: "/nowhere" });
  expect(stdout).toMatch(/sound\/healthy +– {2}skipped/);
  expect(stdout).toContain("no h2o on the PATH: apt-get install h2o");
  expect(code).toBe(0);
});

describe("--json", () => {
  test("is one document with every cell, and nothing else", async () => {
    const { code, stdout } = await run("--json", "--seed", "9");
    const document = JSON.parse(stdout) as RunDocument;
    expect(document).toMatchObject({ format: 1, seed: 9, timers: { head: 1_000, connect: 300 }, absent: [] });
    expect(document.cells.map(({ scenario, remedied, verdict }) => [scenario, remedied, verdict.kind])).toEqual([
      ["late/no-answer", undefined, "pass"],
      ["late/no-answer", true, "pass"],
      ["sound/healthy", undefined, "pass"],
      ["wanting/program", undefined, "skipped"],
      ["wrong/claim", undefined, "fail"],
      ["wrong/proof", undefined, "void"],
    ]);
    const trials = document.cells.flatMap(({ trial }) => trial ?? []);
    expect(trials.map(({ driver, seed }) => [driver, seed])).toEqual(Array(5).fill(["gateway", 9]));
    expect(trials.map(({ exchanges }) => exchanges.length)).toEqual(Array(5).fill(1));
    expect(trials[0]?.exchanges[0]?.took).toBeGreaterThanOrEqual(995);
    expect(code).toBe(1);
  });

  test("without --proxy: every proxy is in the table, or told as absent", async () => {
    const [{ stdout }, proxies] = await Promise.all([
      badgateway(["run", ...catalogue, "sound", "--json"]),
      badgateway(["list", "proxies", "--json"]),
    ]);
    const document = JSON.parse(stdout) as RunDocument;
    const known = (JSON.parse(proxies.stdout) as { proxy: string; via: string; missing?: string }[])
      .filter(({ via }) => via !== "container" && via !== "profile")
      .map(({ proxy, missing }) => [proxy, missing === undefined]);
    const present = document.cells.map(({ driver }) => [driver, true]);
    const absent = document.absent.map(({ driver }) => [driver, false]);
    expect([...present, ...absent].sort()).toEqual(known.sort());
    expect(document.cells[0]?.driver).toBe("gateway");
  });
});

test("--save writes trials that can be read back and judged again", async () => {
  await using folder = await temporaryFolder();
  const place = join(folder.path, "new", "trials");
  const { code } = await run("--save", place);
  expect(code).toBe(1);

  const document = JSON.parse(await readFile(join(place, "run.json"), "utf8"));
  const files: string[] = document.cells.flatMap(({ file }: { file?: string }) => file ?? []);
  expect(files).toContain("gateway/late/no-answer.json");
  expect(files).toContain("gateway/late/no-answer.remedied.json");
  const written = (await readdir(place, { recursive: true })).filter((name) => name.endsWith(".json"));
  expect(written.sort()).toEqual([...files, "run.json"].sort());

  const scenarios = withRemedies(await loadScenarios(join(import.meta.dirname, "catalogue")));
  const gateway = (await loadDrivers()).find(({ name }) => name === "gateway");
  const judged: string[] = [];
  for (const { scenario: id, remedied, verdict, file } of document.cells) {
    if (verdict.kind === "skipped") continue; // of what did not run there is no trial
    const scenario = scenarios.find((each) => each.id === id && each.remedied === remedied);
    if (!file || !scenario || !gateway) throw new Error(`${id} has no trial that could be judged again`);
    judged.push(id);
    const trial: Trial = JSON.parse(await readFile(join(place, file), "utf8"));
    expect(judge(scenario, gateway.dialect, gateway.unit, trial)).toEqual(verdict);
  }
  expect(judged).toHaveLength(files.length);
});

describe("--repeat", () => {
  test("runs everything so often, with one seed after the other", async () => {
    const { code, stdout } = await run("sound", "late", "--repeat", "3", "--seed", "9", "--json");
    const document = JSON.parse(stdout) as RunDocument;
    expect(document).toMatchObject({ seed: 9, repeat: 3 });
    expect(document.cells.map(({ scenario, trial }) => [scenario, trial?.seed])).toEqual([
      ["late/no-answer", 9],
      ["late/no-answer", 10],
      ["late/no-answer", 11],
      ["late/no-answer", 9],
      ["late/no-answer", 10],
      ["late/no-answer", 11],
      ["sound/healthy", 9],
      ["sound/healthy", 10],
      ["sound/healthy", 11],
    ]);
    expect(code).toBe(0);
  });

  test("sums them up, saves all of them, and fails when one does", async () => {
    await using folder = await temporaryFolder();
    const { code, stdout } = await run("sound", "wrong/claim", "--repeat", "2", "--save", folder.path);
    expect(stdout).toMatch(/sound\/healthy +✓ {2}2× clean/);
    expect(stdout).toMatch(/wrong\/claim +✗ {2}2× clean/);
    expect(stdout).toMatch(/4 trials in \d\.\d s, seeds 1 to 2\n$/);
    expect((await readdir(join(folder.path, "gateway", "sound"))).sort()).toEqual([
      "healthy.json",
      "healthy.seed-2.json",
    ]);
    expect(code).toBe(1);
  });
});

test("--timing shows how late an answer was at its timer", async () => {
  const { stdout } = await run("late", "--timing");
  expect(stdout).toMatch(/late\/no-answer +head 1000 ms +\d{4}\.\d ms +[+−]\d+\.\d ms/);
  expect(stdout).toMatch(/gateway \S+: 1 answer at a timer, [+−]\d+\.\d ms in the median/);
  expect(stdout).toMatch(/backends +start +run +rest +stop\n {2}gateway( +\d+\.\d s){5}\n/);
});

test("colours come and go as the environment says, and carry nothing alone", async () => {
  const plain = await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway"], { NO_COLOR: "1" });
  const coloured = await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway"], { FORCE_COLOR: "1" });
  expect(plain.stdout).not.toContain("\u001b");
  expect(plain.stdout).toContain("✓");
  expect(coloured.stdout).toContain("\u001b[32m✓\u001b[39m");
});
