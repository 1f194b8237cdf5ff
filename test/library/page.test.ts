import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as library from "../../harness/index.ts";
import { fencedBlocks } from "../fenced-blocks.ts";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "library.md"), "utf8");
const blocks = fencedBlocks(page, "ts");
const examples = globSync("test/examples/*.test.ts", { cwd: root }).map((path) =>
  readFileSync(join(root, path), "utf8"),
);

/** Without indentation, empty lines and imports: those of an example name files, those of the page the package. */
function lines(code: string): string {
  const kept = code.replaceAll(/^import [^;]*;$/gm, "").split("\n");
  return kept
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

describe("docs/library.md", () => {
  test("has code at all", () => {
    expect(blocks.length).toBeGreaterThan(5);
  });

  test.each(blocks.map((block) => [lines(block).split("\n")[0], block]))(
    "a piece of an example: %s",
    (_first, block) => {
      expect(examples.map(lines).some((example) => example.includes(lines(block)))).toBe(true);
    },
  );

  test("imports what there is", () => {
    const imports = blocks.flatMap((block) => [...block.matchAll(/^import \{([^}]*)\} from "badgateway";$/gm)]);
    const names = imports.flatMap(([, list = ""]) => list.split(",").map((name) => name.trim()));
    expect(names).not.toEqual([]);
    for (const name of names) expect(library).toHaveProperty(name);
  });

  test.each(Object.keys(library).filter((name) => /^(open|start|run|judge|find|load)[A-Z]/.test(name)))(
    "speaks of %s",
    (name) => {
      expect(page.includes(`\`${name}`) || blocks.some((block) => block.includes(`${name}(`))).toBe(true);
    },
  );
});
