import { open, rm, stat, writeFile } from "node:fs/promises";
import { complaints } from "../check/configuration-shape.ts";
import { type Recorded, recordedShape } from "../check/recorded.ts";
import { readJson } from "./check-configuration.ts";
import { UsageError } from "./usage.ts";

/** What was recorded before; nothing when there is no such file. @throws UsageError when it is no record */
export async function loadRecorded(file: string): Promise<Recorded | undefined> {
  if (!(await stat(file).catch(() => undefined))) return undefined;
  const value = await readJson(file);
  const read = recordedShape.safeParse(value);
  if (read.success) return read.data;
  const why = complaints(read.error, value).slice(0, 3).join("; ");
  throw new UsageError(`${file}: wanted what check --update has written; ${why}`);
}

/**
 * Makes sure, before anything is asked, that the record can be written.
 * @throws UsageError when it cannot
 */
export async function openRecorded(file: string): Promise<void> {
  const before = await stat(file).catch(() => undefined);
  await open(file, "a").then((handle) => handle.close(), refuse(file));
  if (!before) await rm(file);
}

/** @throws UsageError when it cannot be written */
export async function saveRecorded(file: string, recorded: Recorded): Promise<void> {
  await writeFile(file, `${JSON.stringify(recorded, undefined, 2)}\n`).catch(refuse(file));
}

function refuse(file: string): (error: Error) => never {
  return ({ message }) => {
    throw new UsageError(`--outcomes ${file}: wanted a file that can be written; ${message}`);
  };
}
