import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { fencedBlocks } from "../fenced-blocks.ts";

export const root = join(import.meta.dirname, "..", "..");
export const page = readFileSync(join(root, "docs", "ci.md"), "utf8");

/** The recipes as they stand on the page, under the heading that they belong to. */
export function recipe(heading: string): readonly string[] {
  const section = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/ci.md has no section “${heading}”`);
  return fencedBlocks(section, "yaml");
}

/** Every document of a YAML text. @throws Error for what YAML 1.2 does not allow, a key that comes twice among it */
export function documents(text: string): unknown[] {
  return [...parseAllDocuments(text, { strict: true, uniqueKeys: true })].map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw problem;
    return document.toJS();
  });
}
