import { join } from "node:path";
import { expect, test } from "vitest";
import { saveRun } from "../../harness/cli/save.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import type { RunFacts } from "../../harness/report/facts.ts";
import { facts } from "../report/cells.ts";
import { cells } from "../report/run.ts";
import { badgateway } from "./badgateway.ts";

const passed = cells.filter(({ verdict }) => verdict.kind === "pass");
const skipped = cells.filter(({ verdict }) => verdict.kind === "skipped");
const absent: RunFacts["absent"] = [{ driver: "envoy", via: "local", missing: "no envoy on the PATH" }];

test.each([
  ["a cell", [...passed, ...skipped], facts, [0, 1]],
  ["a proxy", passed, { ...facts, absent }, [0, 1]],
  ["nothing", passed, facts, [0, 0]],
])("report fails for a skip where nothing may be: %s was skipped", async (_, cells, facts, codes) => {
  await using folder = await temporaryFolder();
  await saveRun(folder.path, cells, facts);
  const report = (env: Record<string, string>) =>
    badgateway(["report", folder.path, "--format", "text", "--out", join(folder.path, "out")], env);
  const ended = [await report({}), await report({ BADGATEWAY_NO_SKIPS: "1" })];
  expect(ended.map(({ code }) => code)).toEqual(codes);
});
