import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const examples = globSync("test/examples/*.test.ts", { cwd: root }).map((path) =>
  linesOf(readFileSync(join(root, path), "utf8")),
);

/** Without indentation, empty lines and imports: those of an example name files, those of a page the package. */
export function linesOf(code: string): string {
  const kept = code.replaceAll(/^import [^;]*;$/gm, "").split("\n");
  return kept
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

/** The code stands in one of the examples, line after line. */
export function isOfAnExample(code: string): boolean {
  return examples.some((example) => example.includes(linesOf(code)));
}
