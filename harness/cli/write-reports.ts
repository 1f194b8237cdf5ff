import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FormatName, formats } from "../report/formats.ts";
import type { RunDocument } from "../report/json.ts";
import { meant } from "../select/nearest.ts";
import { UsageError } from "./usage.ts";

/** Where reports go unless told. */
export const defaultOut = "badgateway-report";

/** @throws UsageError for a word that names no format */
export function formatsOf(option: string, words: readonly string[]): readonly FormatName[] {
  const known = Object.keys(formats) as FormatName[];
  const strange = words.find((word) => !Object.hasOwn(formats, word));
  if (strange !== undefined)
    throw new UsageError(`${option}: no report is called “${strange}”; ${meant(strange, known)}`);
  if (words.length === 0) throw new UsageError(`${option}: wanted ${known.join(", ")}; got nothing`);
  return known.filter((name) => words.includes(name));
}

/** Writes each report to its file in a folder that is there. @returns where each is, a line for each */
export async function writeReports(names: readonly FormatName[], folder: string, run: RunDocument): Promise<string> {
  const lines: string[] = [];
  for (const name of names) {
    const { title, file, load } = formats[name];
    const path = join(folder, file);
    await writeFile(path, (await load())(run));
    lines.push(`${title} report: ${path}\n`);
  }
  return lines.join("");
}
