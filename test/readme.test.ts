import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/net/temporary.ts";
import { runCommand } from "./ci/shell.ts";
import { isOfAnExample, linesOf } from "./examples-of.ts";
import { fencedBlocks } from "./fenced-blocks.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

describe("the README", () => {
  const commands = fencedBlocks(readme, "sh").flatMap((block) => block.trim().split("\n"));
  const ours = commands.filter((command) => command.startsWith("npx badgateway "));

  // The others install, start and test: whoever runs this test has run them, or is running them.
  test("has no other commands than these", () => {
    expect(new Set(commands.filter((command) => !ours.includes(command)))).toEqual(
      new Set(["npm ci", "npm start", "npm test"]),
    );
    expect(ours.length).toBeGreaterThan(3);
  });

  // In one folder and in this order: what one of them saves, another reads.
  test("is right that these work, one after the other", { timeout: 60_000 * ours.length }, async () => {
    await using folder = await temporaryFolder();
    for (const command of ours) expect(await runCommand(command, folder.path), command).toBe(0);
  });

  test("shows a spec that is one of the examples", () => {
    const [spec = ""] = fencedBlocks(readme, "ts");
    expect(linesOf(spec).split("\n").length).toBeGreaterThan(3);
    expect(isOfAnExample(spec)).toBe(true);
  });
});
