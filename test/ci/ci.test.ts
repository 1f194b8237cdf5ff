import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { validateWorkflow } from "@action-validator/core";
import { describe, expect, test } from "vitest";
import { program } from "../../harness/cli/program.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { fencedBlocks } from "../fenced-blocks.ts";
import { claim, indexedJob, type Pod, plainJob } from "./manifest.ts";
import { documents, page, recipe } from "./page.ts";
import { callsOf, runLine } from "./shell.ts";

const [workflow = ""] = recipe("GitHub Actions");
const [pipeline = ""] = recipe("GitLab");
const [shards = "", merge = ""] = recipe("Kubernetes");

test("every recipe is YAML, and none is left out here", () => {
  expect([workflow, pipeline, shards, merge]).toEqual(fencedBlocks(page, "yaml"));
  for (const text of fencedBlocks(page, "yaml")) expect(documents(text)).not.toEqual([]);
});

describe("GitHub Actions", () => {
  test("the workflow is valid by GitHub's schema", () => {
    expect(validateWorkflow(workflow).errors).toEqual([]);
  });

  test("and a misspelt one is not", () => {
    expect(validateWorkflow(workflow.replace("runs-on", "run-on")).errors).not.toEqual([]);
  });
});

describe("GitLab", () => {
  const parsed = async (text: string) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, ".gitlab-ci.yml"), text);
    await promisify(execFile)("git", ["init", "--quiet", folder.path]);
    const program = fileURLToPath(import.meta.resolve("gitlab-ci-local/dist/index.js"));
    const { stdout } = await promisify(execFile)(process.execPath, [program, "--list-json"], { cwd: folder.path });
    return (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
  };

  test("the pipeline is valid by GitLab's schema, and has four shards", async () => {
    expect(await parsed(pipeline)).toEqual([1, 2, 3, 4].map((index) => `shard: [${index}/4]`).concat("report"));
  });

  test("and a misspelt one is not", async () => {
    await expect(parsed(pipeline.replace("artifacts:", "artefacts:"))).rejects.toThrow(/'artefacts' property/);
  });
});

const [volume, job] = documents(shards);
const [report] = documents(merge);
const podOf = (read: { spec: { template: { spec: Pod } } }) => read.spec.template.spec;
const shardJob = () => indexedJob.parse(job);
const pods = () => [podOf(shardJob()), podOf(plainJob.parse(report))];

describe("Kubernetes", () => {
  test("the manifest has the fields that there are, and no others", () => {
    expect(claim.parse(volume)).toEqual(volume);
    expect(shardJob()).toEqual(job);
    expect(plainJob.parse(report)).toEqual(report);
  });

  test("there are as many shards as pods, and all at once", () => {
    const { spec } = shardJob();
    const variables = podOf({ spec }).containers[0]?.env;
    expect(variables).toContainEqual({ name: "SHARDS", value: String(spec.completions) });
    expect(spec.parallelism).toBe(spec.completions);
  });

  test("what is mounted is there, and the trials lie where the shards and the report look for them", () => {
    const { metadata } = claim.parse(volume);
    for (const { containers, volumes } of pods()) {
      expect(volumes).toContainEqual({ name: "trials", persistentVolumeClaim: { claimName: metadata.name } });
      for (const { volumeMounts, env } of containers) {
        expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
        expect(volumeMounts).toContainEqual({
          name: "trials",
          mountPath: env.find(({ name }) => name === "TRIALS")?.value,
        });
      }
    }
  });

  test("`kubectl` waits for jobs that there are", () => {
    const waited = [...page.matchAll(/^\$ kubectl .*job\/(\S+)$/gm)].map(([, name]) => name);
    expect(new Set(waited)).toEqual(new Set([shardJob().metadata.name, plainJob.parse(report).metadata.name]));
  });
});

/** The lines of a recipe that call badgateway, with what the runner sets for the first of its shards and the last. */
const lines: readonly [where: string, line: string, ...environments: Record<string, string>[]][] = [
  ...linesIn(workflow).map((line) => ["GitHub Actions", line, { SHARD: "1" }, { SHARD: "4" }] as const),
  ...linesIn(pipeline).map((line) => ["GitLab", line, node(1), node(4)] as const),
  ...pods().map((pod) => ["Kubernetes", argsOf(pod), index(0), index(4)] as const),
].map(([where, line, ...environments]) => [where, line, ...environments]);

function linesIn(text: string): string[] {
  return text.split("\n").flatMap((line) => /^ *- (?:run: )?((?:npx )?badgateway .*)$/.exec(line)?.[1] ?? []);
}

function argsOf({ containers }: Pod): string {
  return containers.flatMap(({ args }) => args).join("\n");
}

function node(number: number): Record<string, string> {
  return { CI_NODE_INDEX: String(number), CI_NODE_TOTAL: "4" };
}

function index(number: number): Record<string, string> {
  const { completions } = shardJob().spec;
  return { JOB_COMPLETION_INDEX: String(number), SHARDS: String(completions), TRIALS: "trials" };
}

/** Reads a command as the command line does, and does nothing. @throws Error for what it does not take */
async function parse(args: readonly string[]): Promise<void> {
  const cli = program();
  let read = false;
  for (const command of cli.commands)
    command
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .action(() => {
        read = true;
      });
  await cli.parseAsync(args, { from: "user" });
  expect(read, `badgateway ${args.join(" ")}`).toBe(true);
}

describe("the command line takes", () => {
  test("what it is called with, so many times", () => {
    expect(lines.map(([where]) => where)).toEqual([
      "GitHub Actions",
      "GitHub Actions",
      "GitLab",
      "GitLab",
      "Kubernetes",
      "Kubernetes",
    ]);
  });

  test.for(lines)("%s: %s", async ([, line, ...environments]) => {
    await using folder = await temporaryFolder();
    for (const env of environments) {
      const [call, ...others] = await callsOf(line, folder.path, env);
      expect(others).toEqual([]);
      await parse(call ?? []);
    }
  });

  const inline = [...page.matchAll(/`badgateway ([^`]+)`/g)].map(([, args = ""]) => args);
  test.for(inline)("badgateway %s", async (args) => {
    await parse(args.split(" "));
  });

  test("no shard 0, no shard behind the last", async () => {
    await expect(parse(["run", "--shard", "0/5"])).rejects.toThrow(/--shard/);
    await expect(parse(["run", "--shard", "6/5"])).rejects.toThrow(/--shard/);
  });
});

test("the shards of the Kubernetes recipe do all the work once, and its report merges them", {
  timeout: 60_000,
}, async () => {
  await using folder = await temporaryFolder();
  const scenarios = ["control/healthy", "control/own-502", "crash/refused"];
  const [shard = "", merged = ""] = pods().map(argsOf);
  for (const number of [0, 1])
    expect(await runLine(shard, folder.path, { ...index(number), SHARDS: "2" }, scenarios)).toBe(0);
  const trials = globSync("trials/*/gateway/*/*.json", { cwd: folder.path }).filter(
    (file) => !file.includes(".remedied"),
  );
  expect(trials.map((file) => file.replace(/^trials\/\d\/gateway\/|\.json$/g, "")).sort()).toEqual(scenarios);
  expect(await runLine(merged, folder.path, index(0), [])).toBe(0);
  const junit = await readFile(join(folder.path, "trials", "report", "junit.xml"), "utf8");
  for (const id of scenarios) expect(junit).toContain(id.split("/")[1]);
});
