import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { sourcesOf } from "./module-sources.ts";

/** Who may know whom, by folder; a folder always knows itself. `nouns` are the files right in `harness/` with their parts. */
const mayKnow: Readonly<Record<string, readonly string[]>> = {
  net: [],
  nouns: ["net"],
  faults: ["nouns", "net"],
  gateway: ["nouns", "net"],
  proxies: ["nouns", "net"],
  "proxies/gateway": ["nouns", "net", "gateway", "proxies"],
  "proxies/profile": ["nouns", "net", "gateway", "proxies"],
  report: ["nouns"],
  select: ["nouns"],
  diagnose: ["nouns", "net"],
  service: ["nouns", "net", "faults"],
  check: ["nouns", "net", "faults", "service", "report"],
  scenarios: ["nouns", "faults"],
  cli: [
    "nouns",
    "net",
    "faults",
    "gateway",
    "proxies",
    "proxies/gateway",
    "proxies/profile",
    "report",
    "diagnose",
    "service",
    "check",
    "scenarios",
    "select",
  ],
  library: ["nouns", "net", "gateway", "select"],
  vitest: ["nouns", "net", "report", "library"],
  face: ["nouns", "check", "faults", "gateway", "proxies/gateway", "library"],
};

/** Folders that hold the parts of one noun. */
const partsOfNouns = ["lab", "client", "response"];

const root = join(import.meta.dirname, "..");
const files = globSync(["harness/**/*.ts", "scenarios/**/*.ts"], { cwd: root });

/** The layer that a file belongs to: its folder below `harness/`, with the two that are special. */
function layerOf(file: string): string {
  const [top, folder = "", inner = ""] = file.split("/");
  if (top === "scenarios") return "scenarios";
  if (folder === "index.ts") return "face";
  if (folder.endsWith(".ts") || partsOfNouns.includes(folder)) return "nouns";
  return folder === "proxies" && ["gateway", "profile"].includes(inner) ? `proxies/${inner}` : folder;
}

/** What a file imports of ours, type imports and re-exports included. */
function importsOf(file: string): string[] {
  const sources = sourcesOf(file, readFileSync(join(root, file), "utf8"));
  return sources
    .filter((source) => source.startsWith("."))
    .map((source) => relative(root, join(root, dirname(file), source)));
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

describe("imports", () => {
  test("are found at all", () => {
    expect(graph.get("harness/lab.ts")).toContain("harness/lab/column.ts");
  });

  test("go the one way that the layers allow", () => {
    const wrong = [...graph].flatMap(([file, imports]) => {
      const layer = layerOf(file);
      const allowed = mayKnow[layer] ?? [];
      return imports
        .filter((target) => layerOf(target) !== layer && !allowed.includes(layerOf(target)))
        .map((target) => `${file} (${layer}) must not know ${target} (${layerOf(target)})`);
    });
    expect(wrong).toEqual([]);
  });

  test("never run in circles, types aside", () => {
    // A circle of types alone is how a noun and its parts name each other; it is gone when the code runs.
    const valueGraph = new Map(files.map((file) => [file, valueImportsOf(file)]));
    expect([...circles(valueGraph)]).toEqual([]);
  });

  test("of node:http are of its types alone, where they would make our own start slow (net/node-http.ts)", () => {
    const text = (file: string) => readFileSync(join(root, file), "utf8");
    const slow = files.filter((file) => valueSourcesOf(file, text(file)).includes("node:http"));
    expect(slow.filter((file) => !file.startsWith("harness/proxies/node"))).toEqual([]);
    expect(slow).toContain("harness/proxies/node/upstream.ts"); // a proxy in a process of its own
  });

  test("are followed where they are re-exports, and not where they are types", () => {
    const text = `import "./a.ts"; import { b } from "./b.ts"; import type { T } from "./t.ts";
      export { c } from "./c.ts"; export * from "./d.ts"; export type { U } from "./u.ts"; export const e = b;`;
    expect(valueSourcesOf("x.ts", text)).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts"]);
  });

  test("in a circle are found, wherever one enters it", () => {
    const graph = { entry: ["a", "leaf"], a: ["b"], b: ["leaf", "c"], c: ["a"], self: ["self"], leaf: [] };
    expect([...circles(new Map(Object.entries(graph)))]).toEqual(["a → b → c → a", "self → self"]);
  });
});

function valueImportsOf(file: string): string[] {
  const sources = valueSourcesOf(file, readFileSync(join(root, file), "utf8")).filter((source) =>
    source.startsWith("."),
  );
  return sources.map((source) => relative(root, join(root, dirname(file), source)));
}

/** What runs when the module does, imported or re-exported. */
function valueSourcesOf(file: string, text: string): string[] {
  const { module } = parseSync(file, text);
  const imports = module.staticImports
    .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
    .map(({ moduleRequest }) => moduleRequest.value);
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ isType, moduleRequest }) => (isType ? [] : (moduleRequest?.value ?? []))),
  );
  return [...imports, ...exports];
}

function* circles(imports: ReadonlyMap<string, readonly string[]>): Generator<string> {
  const done = new Set<string>();
  function* visit(file: string, path: readonly string[]): Generator<string> {
    const start = path.indexOf(file);
    if (start >= 0) return yield [...path.slice(start), file].join(" → ");
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) yield* visit(next, [...path, file]);
    done.add(file);
  }
  for (const file of imports.keys()) yield* visit(file, []);
}
