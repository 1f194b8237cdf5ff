import { readFile } from "node:fs/promises";

/** The text of a file; none when it is not there, such as the log of one who has had nothing to say. */
export async function textIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
