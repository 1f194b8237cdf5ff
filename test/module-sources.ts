import { parseSync } from "oxc-parser";

/** What a module imports, type imports and re-exports included, as it writes it. */
export function sourcesOf(file: string, text: string): string[] {
  const { module } = parseSync(file, text);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start, end));
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...dynamic.filter((source) => /^"[^"]*"$/.test(source)).map((source) => source.slice(1, -1)),
  ];
}
