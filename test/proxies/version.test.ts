import { symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { findProgram } from "../../harness/net/program.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { isVersion } from "../../harness/proxies/program/version.ts";
import { badgateway } from "../cli/badgateway.ts";
import { skipAloud } from "../skip.ts";
import { processesWith } from "./leftovers.ts";

afterEach(() => vi.unstubAllEnvs());

const nginx = (await loadDrivers()).find(({ name, via }) => name === "nginx" && via === "local");

test.each([
  ["1.22.1", "1.22", true],
  ["1.22.1", "1.22.1", true],
  ["1.22.1", "1", true],
  ["1.22.1", "1.2", false],
  ["1.2.21", "1.22", false],
  [undefined, "1.22", false],
])("%s is a version %s: %s", (told, wanted, is) => {
  expect(isVersion(told, wanted)).toBe(is);
});

test("a version that is not here is missing, and what is here is told", async (context) => {
  if (await nginx?.missing()) skipAloud(context, "nginx is not here");
  expect(await nginx?.at?.("0.1").missing()).toMatch(
    /^no nginx 0\.1 here \(.*nginx is 1\.\d+\.\d+\): .* as nginx-0\.1$/,
  );
  expect(await nginx?.at?.("1").missing()).toBeUndefined();
});

test("a program that does not tell its version is of none, and is ended", async () => {
  await using folder = await temporaryFolder();
  const name = join(folder.path, "nginx");
  await writeFile(name, "#!/bin/sh\nsleep 600\n", { mode: 0o755 });
  vi.stubEnv("PATH", `${folder.path}${delimiter}${process.env.PATH}`);
  expect(await nginx?.at?.("0.1").missing()).toMatch(`no nginx 0.1 here (${name} is of no version that it tells)`);
  expect(await processesWith(folder.path)).toEqual([]);
});

test("a program that has the version in its name is taken first, and must be of that version", async (context) => {
  const path = await findProgram("nginx", ["/usr/sbin"]);
  if (!path) return skipAloud(context, "nginx is not here");
  await using folder = await temporaryFolder();
  await symlink(path, join(folder.path, "nginx-0.1"));
  vi.stubEnv("PATH", `${folder.path}${delimiter}${process.env.PATH}`);
  expect(await nginx?.at?.("0.1").missing()).toBeUndefined();
  const ended = await badgateway(["run", "crash/refused", "--proxy", "nginx@0.1"], { PATH: process.env.PATH ?? "" });
  expect(ended).toMatchObject({ code: 1, stdout: expect.stringMatching(/wanted version 0\.1, got 1\.\d+\.\d+/) });
});

test.each([
  ["gateway@2", "comes in no other version"],
  ["nginx@latest", "wanted a version such as nginx@1.28"],
  ["ngimx@1.28", "did you mean nginx"],
])("--proxy %s is wrong usage", async (word, says) => {
  const ended = await badgateway(["run", "crash/refused", "--proxy", word]);
  expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) });
});
