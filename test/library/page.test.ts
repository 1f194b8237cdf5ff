import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as library from "../../harness/index.ts";
import { isOfAnExample, linesOf } from "../examples-of.ts";
import { fencedBlocks } from "../fenced-blocks.ts";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "library.md"), "utf8");
const blocks = fencedBlocks(page, "ts");

describe("docs/library.md", () => {
  test("has code at all", () => {
    expect(blocks.length).toBeGreaterThan(5);
  });

  test.each(blocks.map((block) => [linesOf(block).split("\n")[0], block]))(
    "a piece of an example: %s",
    (_first, block) => {
      expect(isOfAnExample(block)).toBe(true);
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
