import { glob } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkedKnowledge, type Knowledge } from "./knowledge.ts";

/**
 * All that is known: each file of `knowledge/` tells of one proxy, service or tool, or of several that belong together.
 * @throws Error naming the proxy and what is wrong with its entries
 */
export async function loadKnowledge(): Promise<Knowledge[]> {
  const folder = join(import.meta.dirname, "knowledge");
  const paths: string[] = [];
  for await (const path of glob("*.{ts,js}", { cwd: folder })) if (!path.endsWith(".d.ts")) paths.push(path);
  const modules: { default: Knowledge | readonly Knowledge[] }[] = await Promise.all(
    paths.sort().map((path) => import(pathToFileURL(join(folder, path)).href)),
  );
  return modules.flatMap((module) => module.default).map(checkedKnowledge);
}
