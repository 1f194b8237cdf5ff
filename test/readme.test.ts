import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
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

  test.each(ours)("is right that this works: %s", { timeout: 60_000 }, async (command) => {
    const shell = promisify(execFile)("sh", ["-c", command], { cwd: root, maxBuffer: 2 ** 27 });
    const { code, stdout } = await shell.then(
      (said) => ({ code: 0, ...said }),
      (error) => error,
    );
    expect(code, stdout).toBe(0);
    expect(stdout).not.toBe("");
  });

  test("shows a spec that is one of the examples", () => {
    const examples = globSync("test/examples/*.test.ts", { cwd: root }).map((path) =>
      readFileSync(join(root, path), "utf8"),
    );
    const known = new Set(
      examples
        .join("\n")
        .split("\n")
        .map((line) => line.trim()),
    );
    const [spec = ""] = fencedBlocks(readme, "ts");
    const lines = spec
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !/"badgateway(\/\w+)?";$/.test(line));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(known).toContain(line);
  });
});
