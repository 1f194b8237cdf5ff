import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** The path of a program on the PATH, or in one of the folders named besides; nothing when it is not installed. */
export async function findProgram(name: string, besides: readonly string[] = []): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? "").split(delimiter), ...besides]) {
    const path = join(folder, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
