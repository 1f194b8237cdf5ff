import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import type { RunDocument } from "../../harness/report/json.ts";
import { badgateway, catalogue, unhurried } from "./badgateway.ts";

test("the matrix is made from a saved run, trials and all", async () => {
  await using folder = await temporaryFolder();
  await badgateway(["run", ...catalogue, "sound", "late", "--proxy", "gateway", ...unhurried, "--save", folder.path]);
  const page = await badgateway(["matrix", folder.path]);
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toMatch(/^\| late\/no-answer \| 504 \|$/m);
  expect(page.stdout).toMatch(/^\| sound\/healthy \| clean \|$/m);
  const { stdout } = await badgateway(["matrix", folder.path, "--format", "json"]);
  // Two scenarios, one of them with a remedy.
  expect(JSON.parse(stdout).cells).toHaveLength(3);
});

test("of several saved runs the later one's cells count", async () => {
  await using folder = await temporaryFolder();
  const save = (name: string, ...words: string[]) =>
    badgateway(["run", ...catalogue, ...words, "--proxy", "gateway", "--save", join(folder.path, name)]);
  await save("first", "sound", "late");
  await save("second", "late", "--timers", "head=150");
  const of = async (...names: string[]) => {
    const paths = names.map((name) => join(folder.path, name));
    const { stdout } = await badgateway(["matrix", ...paths, "--format", "json"]);
    return (JSON.parse(stdout) as RunDocument).cells.map(
      ({ scenario, trial }) => `${scenario} ${trial?.plan.timers.head}`,
    );
  };
  expect(await of("first", "second")).toEqual(
    (await of("first")).map((cell) => cell.replace(/^(late\S+) 300$/, "$1 150").replace(/^(late\S+) 900$/, "$1 450")),
  );
});

test("a folder that holds no saved run is named, with what is wrong", async () => {
  await using folder = await temporaryFolder();
  expect(await badgateway(["matrix", folder.path])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("ENOENT"),
  });
  await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway", "--save", folder.path]);
  const file = join(folder.path, "run.json");
  const run = await readFile(file, "utf8");
  await writeFile(file, run.replace('"format": 1', '"format": 7'));
  expect(await badgateway(["matrix", folder.path])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("format"),
  });
  await writeFile(file, "{");
  expect(await badgateway(["matrix", folder.path])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("run.json"),
  });
  await writeFile(file, run);
  expect(await badgateway(["matrix", folder.path, "--format", "html"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("wanted markdown or cross-walk or evidence or json"),
  });
});
