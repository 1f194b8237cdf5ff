import { readFile } from "node:fs/promises";

/** Status, bytes of the body, request, and what h2o says of it, if anything. */
export const logFormat = '%s %b "%r" %{error}x';

/** The words of a route's log: a line for each request, with its error where there is one. */
export async function logged(path: string): Promise<string[]> {
  const text = await readFile(path, "utf8").catch(ifMissing);
  return text.split("\n").filter((line) => line !== "");
}

/** h2o makes its logs when it starts; one that died before has none. */
function ifMissing(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}
