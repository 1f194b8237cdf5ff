import { startChild } from "../../net/child.ts";
import { withDeadline } from "../../net/deadline.ts";
import { findProgram } from "../../net/program.ts";
import type { Program } from "./program.ts";

/** Debian keeps servers in folders that are not on an ordinary user's PATH. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin"];

/** Milliseconds that a program may take to tell its version. */
const patience = 5_000;

/** `1.28` means every 1.28.x. */
export function isVersion(told: string | undefined, wanted: string): boolean {
  return told === wanted || told?.startsWith(`${wanted}.`) === true;
}

/**
 * Where the program is. In a version of its own it is looked for as `nginx-1.28` and `nginx1.28` first; the plain one
 * does if that is its version.
 */
export async function pathOf(program: Program, wanted?: string): Promise<string | undefined> {
  const { binary } = program;
  const plain = await findProgram(binary, serverFolders);
  if (wanted === undefined) return plain;
  for (const name of [`${binary}-${wanted}`, `${binary}${wanted}`]) {
    const path = await findProgram(name, serverFolders);
    if (path) return path;
  }
  return plain && isVersion(await versionOf(program, plain), wanted) ? plain : undefined;
}

/** What keeps the program from being started here, with what supplies it. */
export async function missingProgram(program: Program, wanted?: string): Promise<string | undefined> {
  if (await pathOf(program, wanted)) return undefined;
  const { name, binary, supply } = program;
  if (wanted === undefined) return `no ${binary} on the PATH: ${supply}`;
  const plain = await findProgram(binary, serverFolders);
  const here = plain
    ? `${plain} is ${(await versionOf(program, plain)) ?? "of no version that it tells"}`
    : `there is no ${binary} at all`;
  return `no ${name} ${wanted} here (${here}): put it on the PATH as ${binary}-${wanted}`;
}

async function versionOf({ version }: Program, path: string): Promise<string | undefined> {
  await using child = await startChild(path, version.arguments, { grace: 0 });
  await withDeadline(child.exited, patience, `${path} did not tell its version`).catch(() => {}); // it has none then
  return version.pattern.exec(child.lines().join("\n"))?.[1];
}
