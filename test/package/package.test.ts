import { globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { loadScenarios } from "../../harness/folder.ts";
import { sourcesOf } from "../module-sources.ts";
import { skipAloud } from "../skip.ts";
import { consumer } from "./consumer.ts";
import { type Project, packedProject, root } from "./project.ts";

let project: Project;

beforeAll(async () => {
  project = await packedProject();
  const files = Object.entries(consumer);
  await Promise.all(files.map(([name, text]) => writeFile(join(project.folder, name), text)));
}, 180_000);

afterAll(async () => project?.[Symbol.asyncDispose]());

const bin = (name: string) => join(root, "node_modules", ".bin", name);

describe("the package", () => {
  test.for([
    ["publint", "--strict"],
    ["attw", "--profile", "esm-only"],
  ])("%s finds nothing", async ([program = "", ...args]) => {
    const { code, text } = await project.run(bin(program), project.tarball, ...args);
    expect(code, text).toBe(0);
  });
});

describe("installed in an empty project", { timeout: 120_000 }, () => {
  const here = (context: TestContext) => project.unreachable && skipAloud(context, project.unreachable);
  const installed = () => join(project.folder, "node_modules", "badgateway");

  test("it runs a scenario", async (context) => {
    here(context);
    const { code, text } = await project.run("npx", "badgateway", "run", "crash/refused", "--proxy", "gateway");
    expect(code, text).toBe(0);
    expect(text).toMatch(/crash\/refused +✓ {2}502/);
    expect(text).toMatch(/gateway \d\S* +2 as claimed/);
  });

  test("it has the whole catalogue, and what images are built from", async (context) => {
    here(context);
    const { stdout } = await project.run("npx", "badgateway", "list", "scenarios", "--json");
    const ids = (await loadScenarios()).map(({ id }) => id);
    for (const id of ids) expect(stdout).toContain(`"${id}"`);
    const docker = (folder: string) => globSync("docker/**/{Dockerfile,*.sh}", { cwd: folder }).sort();
    expect(docker(installed())).toEqual(docker(root));
  });

  test("a proxy whose package is not there says so, with the command; all others are known", async (context) => {
    here(context);
    const { code, stdout } = await project.run("npx", "badgateway", "list", "proxies", "--json");
    expect(code).toBe(0);
    const proxies: { proxy: string; missing?: string }[] = JSON.parse(stdout);
    const missing = Object.fromEntries(proxies.map((each) => [each.proxy, each.missing]));
    const { devDependencies }: Record<string, Record<string, string>> = await manifest(root);
    for (const name of ["http-proxy-3", "http-proxy-middleware", "httpxy"]) {
      expect(devDependencies).toHaveProperty([name]);
      expect(missing[`node-${name}`]).toBe(`no ${name} among the packages: npm i -D ${name}`);
    }
    expect(missing["node-http-proxy"]).toBeUndefined();
    expect(missing["node-pipe"]).toBeUndefined();
    const skipped = await project.run("npx", "badgateway", "run", "crash/refused", "--proxy", "node-httpxy");
    expect(skipped.text).toContain("npm i -D httpxy");
    expect(skipped.code).toBe(0);
  });

  test("none of its modules asks for what it does not bring, but for the drivers of Node proxies", async (context) => {
    here(context);
    const { dependencies = {}, peerDependencies = {} } = await manifest(root);
    const brought = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
    const files = globSync("dist/**/*.{js,d.ts}", { cwd: installed() });
    expect(files.length).toBeGreaterThan(500);
    const leaks = await Promise.all(files.filter((file) => !/proxies\/node-[^/]*\/serve\./.test(file)).map(foreign));
    expect(leaks.flat().filter(({ name }) => !brought.has(name))).toEqual([]);

    async function foreign(file: string) {
      const text = await readFile(join(installed(), file), "utf8");
      const sources = sourcesOf(file, text);
      return sources
        .filter((name) => !/^(node:|\.)/.test(name))
        .map((name) => ({ file, name: name.split("/", name.startsWith("@") ? 2 : 1).join("/") }));
    }
  });

  test("its types are known, down to the names of scenarios, proxies and causes", async (context) => {
    here(context);
    const { code, text } = await project.run("npx", "tsc", "--project", ".");
    expect(code, text).toBe(0);
  });

  test("specs of a consumer pass, with the library, the matchers and the suite", async (context) => {
    here(context);
    const { code, text } = await project.run("npx", "vitest", "run", "gateway", "--reporter=verbose");
    expect(code, text).toBe(0);
    expect(text).toMatch(/✓.* gateway > crash\/refused\b/);
    expect(text).toMatch(/✓.* gateway > crash\/refused, remedied/);
    expect(text).toMatch(/✓.* gateway > crash\/process-throws/);
    expect(text).toMatch(/↓.* node-httpxy > crash\/refused .*no httpxy among the packages: npm i -D httpxy/);
  });

  test("and fail with both ends in view", async (context) => {
    here(context);
    const { code, text } = await project.run("npx", "vitest", "run", "failing");
    expect(code).toBe(1);
    expect(text).toContain("expected a 504 of the proxy's own making, not before 300 ms");
    expect(text).toMatch(/got 502, connection_terminated/);
    expect(text).toMatch(/both ends\s+ms +who +act.*upstream 1 +rst/s);
    expect(text).toMatch(/✗ crash\/refused on gateway .*own\(502\), wanted clean.*upstream 1 +probe-refused/s);
  });
});

async function manifest(folder: string): Promise<Record<string, Record<string, string>>> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}
