import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { readRuns } from "../../harness/cli/saved-runs.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { schemas } from "../../harness/report/schema.ts";
import { badgateway, catalogue } from "./badgateway.ts";

test("a run of profiles is read back, and stays an imitation beside an older run of a real proxy", async () => {
  await using folder = await temporaryFolder();
  const [real, imitated] = [join(folder.path, "real"), join(folder.path, "imitated")];
  await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway", "--save", real]);
  await badgateway(["run", ...catalogue, "sound", "--proxy", "profile:heroku", "--save", imitated]);
  const { runs, problems } = await readRuns([imitated]);
  expect(problems).toEqual([]);
  const validate = new Ajv2020({ strict: true }).compile(schemas["run.schema.json"] ?? {});
  validate(runs[0]);
  expect(validate.errors).toBeNull();
  const { code, stdout } = await badgateway(["matrix", real, imitated]);
  expect(code).toBe(0);
  expect(stdout).toContain("Columns that begin with *profile* are not measured");
  expect(stdout).toMatch(/^- profile:heroku: .*stands for/m);
});
