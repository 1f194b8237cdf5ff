import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSaveFolder, saveRun } from "../../harness/cli/save.ts";
import { readRuns } from "../../harness/cli/saved-runs.ts";
import { UsageError } from "../../harness/cli/usage.ts";
import { formatsOf } from "../../harness/cli/write-reports.ts";
import { type TemporaryFolder, temporaryFolder } from "../../harness/net/temporary.ts";
import { formats } from "../../harness/report/formats.ts";
import type { RunDocument } from "../../harness/report/json.ts";
import { mergeRuns } from "../../harness/report/merge-runs.ts";
import { schemas } from "../../harness/report/schema.ts";
import { facts } from "../report/cells.ts";
import { cells } from "../report/run.ts";
import { badgateway, catalogue, unhurried } from "./badgateway.ts";

let folder: TemporaryFolder;
const at = (...names: string[]) => join(folder.path, ...names);
const json = async (...names: string[]) => JSON.parse(await readFile(at(...names), "utf8"));

beforeAll(async () => {
  folder = await temporaryFolder();
  const run = (shard: string, ...args: string[]) =>
    badgateway([
      ...["run", ...catalogue, "sound", "late", "wanting", "--proxy", "gateway", ...unhurried],
      ...["--shard", shard, ...args],
    ]);
  const [first, second] = await Promise.all([
    run("1/2", "--save", at("shards", "one"), "--reporter", "html,junit", "--out", at("first")),
    run("2/2", "--save", at("shards", "two")),
  ]);
  expect(first.stderr).toContain(`HTML report: ${at("first", "index.html")}\n`);
  expect([first.code, second.code]).toEqual([0, 0]);
});

afterAll(() => folder[Symbol.asyncDispose]());

describe("run --reporter", () => {
  test("writes the reports asked for, and no others", async () => {
    expect((await readdir(at("first"))).sort()).toEqual(["index.html", "junit.xml"]);
  });

  test.each([
    [["htm"], "--reporter: no report is called “htm”; did you mean html?"],
    [["html", "pdf-of-it"], "--reporter: no report is called “pdf-of-it”; known: html, junit, markdown, json, text"],
    [[], "--reporter: wanted html, junit, markdown, json, text; got nothing"],
  ])("does not take %j", (words, message) => {
    expect(() => formatsOf("--reporter", words)).toThrow(new UsageError(message));
  });

  test("wants to be there where --out is, before anything starts", async () => {
    const told = await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway", "--out", "somewhere"]);
    const stderr = "badgateway: --out somewhere: wanted with the reports that go there, as in --reporter html\n";
    expect(told).toEqual({ code: 2, stdout: "", stderr });
  });

  test("--out has to be a folder that can be written", async () => {
    const wanted = "--out package.json: wanted a folder that can be written";
    await expect(openSaveFolder("package.json", "--out")).rejects.toThrow(wanted);
  });
});

describe("what is saved", () => {
  test("is as the published schemas say, the run and every trial", async () => {
    const ajv = new Ajv2020({ strict: true });
    const run = ajv.compile(schemas["run.schema.json"] ?? {});
    const trial = ajv.compile(schemas["trial.schema.json"] ?? {});
    const files = (await readdir(at("shards"), { recursive: true })).filter((name) => name.endsWith(".json"));
    expect(files.length).toBe(5); // two runs; a fault, its remedied form, a sound backend
    for (const file of files) {
      const validate = file.endsWith("run.json") ? run : trial;
      validate(await json("shards", file));
      expect(validate.errors, file).toBeNull();
    }
  });
});

describe("badgateway report", () => {
  test("merges shards, into every format", async () => {
    const { code, stdout, stderr } = await report(at("shards"), "--format", "html,junit,markdown,json,text");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toEqual(
      ["HTML", "JUnit XML", "Markdown", "JSON", "text"].map((title) => expect.stringContaining(`${title} report: `)),
    );
    const run: RunDocument = await json("out", "report.json");
    expect(run.cells.map(({ scenario, remedied, verdict }) => [scenario, remedied, verdict.kind])).toEqual([
      ["late/no-answer", undefined, "pass"],
      ["late/no-answer", true, "pass"],
      ["sound/healthy", undefined, "pass"],
      ["wanting/program", undefined, "skipped"],
    ]);
    const texts = await Promise.all(
      ["index.html", "junit.xml", "summary.md", "report.txt"].map((file) => readFile(at("out", file), "utf8")),
    );
    for (const text of texts) expect(text).toContain("late/no-answer");
    expect(XMLValidator.validate(texts[1] ?? "")).toBe(true);
    expect(texts[3]).toMatch(/late\/no-answer +✓ {2}504/);
  });

  test("is the same for the same run, found once or twice, made now or later; HTML unless told", async () => {
    const runs = await Promise.all([[at("shards")], [at("shards")], [at("shards"), at("shards", "one")]].map(readRuns));
    const render = await formats.html.load();
    const pages = runs.map(({ runs }) => render(mergeRuns(runs)));
    expect(new Set(pages).size).toBe(1);
    expect(await report(at("shards", "one"), at("shards", "two"))).toMatchObject({ code: 0 });
    expect(await readdir(at("out"))).toEqual(["index.html"]);
    expect(await readFile(at("out", "index.html"), "utf8")).toBe(pages[0]);
  });
});

describe("of what is broken", () => {
  const trial = "gateway/slow/never.json";
  const other = "gateway/tls/expired.json";
  let broken: TemporaryFolder;
  beforeEach(async () => {
    broken = await temporaryFolder();
    await saveRun(broken.path, cells, facts);
    return () => broken[Symbol.asyncDispose]();
  });

  const spoilt = [
    ["cut off", async (path: string) => writeFile(path, "{"), "wanted JSON, got text that is none"],
    [
      "of another program",
      async (path: string) => writeFile(path, '{"hello":"world"}'),
      "is not of a saved run: format",
    ],
    [
      "of another trial",
      async (path: string) => writeFile(path, await readFile(path.replace(trial, other), "utf8")),
      "is of another trial: scenario is tls/expired, wanted slow/never",
    ],
    ["gone", async (path: string) => rm(path), "ENOENT"],
  ] as const;
  test.each(spoilt)("a trial that is %s is named, its cell is void, the rest is there", async (_, spoil, message) => {
    await spoil(join(broken.path, trial));
    const { runs, problems } = await readRuns([broken.path]);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems).toEqual([expect.stringContaining("gateway/slow/never.json")]);
    const before = cells.map(({ verdict }) => verdict.kind);
    expect(runs[0]?.cells.map(({ verdict }) => verdict.kind)).toEqual(["void", ...before.slice(1)]);
  });

  test("no file leads out of the run's folder", async () => {
    const run = join(broken.path, "run.json");
    await writeFile(run, (await readFile(run, "utf8")).replace(trial, "../../etc/passwd"));
    const { problems } = await readRuns([broken.path]);
    expect(problems).toEqual([expect.stringContaining("../../etc/passwd: wanted a file below the run's folder")]);
  });

  test("a run that is none is left out, aloud, and the others are reported", async () => {
    await writeFile(join(broken.path, "run.json"), '{"format":1}');
    const { code, stdout, stderr } = await report(at("shards"), broken.path);
    expect(stderr).toContain(`skipped: ${broken.path}: run.json is not of a saved run: badgateway: `);
    expect(stdout).toContain("HTML report: ");
    expect(code).toBe(1);
  });

  test("wrong usage", async () => {
    await expect(readRuns(["nowhere"])).rejects.toThrow("report: wanted the folder of a saved run; nowhere is none");
    expect(await report("docs")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("report: wanted a saved run (badgateway run --save DIR); found none"),
    });
  });
});

/** `badgateway report`, into a folder that is new. */
async function report(...args: readonly string[]) {
  await rm(at("out"), { recursive: true, force: true });
  return badgateway(["report", ...args, "--out", at("out")]);
}
