import { describe, expect, test } from "vitest";
import { parseShard, shardOf } from "../../harness/cli/shard.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { badgateway, catalogue } from "./badgateway.ts";

const scenarios = await loadScenarios();
const shards = (of: number) => Array.from({ length: of }, (_, index) => shardOf(scenarios, { number: index + 1, of }));

describe("--shard", () => {
  test.each([1, 2, 5, 7])("of %i: every scenario is in one, and in their order", (of) => {
    const dealt = shards(of).flat();
    expect(new Set(dealt).size).toBe(scenarios.length);
    expect(dealt).toHaveLength(scenarios.length);
    for (const shard of shards(of)) expect(shard).toEqual(scenarios.filter((each) => shard.includes(each)));
  });

  test("gives each as much as the others, of every kind", () => {
    const alike = (counts: readonly number[]) =>
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    alike(shards(5).map((shard) => shard.length));
    alike(shards(5).map((shard) => shard.filter(({ alone }) => alone).length));
    alike(shards(5).map((shard) => shard.filter(({ remedy, alone }) => remedy && !alone).length));
  });

  test.each(["0/5", "6/5", "1", "a/b", "1/5/2", "-1/5"])("does not take %s", (text) => {
    expect(() => parseShard(text)).toThrow(`--shard: wanted a part of the whole, from 1/5 to 5/5; got “${text}”`);
  });

  test("has nothing to do where there are more parts than scenarios, which is no failure", async () => {
    const { code, stdout } = await badgateway(["run", ...catalogue, "sound", "--proxy", "gateway", "--shard", "2/2"]);
    expect(stdout).toContain("0 trials");
    expect(code).toBe(0);
  });
});
