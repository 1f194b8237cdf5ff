import { readdir } from "node:fs/promises";

/** The modules of a folder, as sources or compiled, by their names in order; hidden ones are none of ours. */
export async function moduleFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^[^.].*\.[jt]s$/.test(name) && !name.endsWith(".d.ts")).sort();
}

/** The folders of a folder, by their names in order; hidden ones are none of ours. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith(".") ? entry.name : [])).sort();
}
