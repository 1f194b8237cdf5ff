import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "./page.ts";

type Environment = Readonly<Record<string, string>>;

const main = join(root, "harness", "cli", "main.ts");

/** `npx badgateway …` as `badgateway …`, whatever is installed. */
const npx = `#!/bin/sh\nshift\nexec badgateway "$@"\n`;

/** Runs a line of a recipe by `sh -e`, as a runner does; resolves with the code, if it ends within a minute. */
async function shell(line: string, folder: string, badgateway: string, env: Environment): Promise<number> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  for (const [name, text] of [
    ["npx", npx],
    ["badgateway", badgateway],
  ] as const) {
    await writeFile(join(bin, name), text);
    await chmod(join(bin, name), 0o755);
  }
  const { CI: _, BADGATEWAY_NO_SKIPS: __, ...inherited } = process.env;
  const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  const settings = { cwd: folder, env: { ...inherited, ...env, PATH: path }, timeout: 60_000, maxBuffer: 2 ** 27 };
  return promisify(execFile)("sh", ["-ec", line], settings).then(
    () => 0,
    (error) => error.code,
  );
}

/** What a line calls badgateway with. */
export async function callsOf(line: string, folder: string, env: Environment): Promise<string[][]> {
  const record = join(folder, "calls");
  await writeFile(record, "");
  await shell(line, folder, `#!/bin/sh\n{ printf '%s\\037' "$@"; echo; } >> '${record}'\n`, env);
  const calls = (await readFile(record, "utf8")).split("\n").filter((call) => call !== "");
  return calls.map((call) => call.split("\x1f").slice(0, -1));
}

const real = `exec '${process.execPath}' '${main}' "$@"\n`;

/** Runs a line with the real command line, as it stands. */
export function runCommand(line: string, folder: string): Promise<number> {
  return shell(line, folder, `#!/bin/sh\n${real}`, {});
}

/** Runs a line with the real command line; of the catalogue only what is named, on the gateway alone. */
export async function runLine(
  line: string,
  folder: string,
  env: Environment,
  scenarios: readonly string[],
): Promise<number> {
  const narrowed = `set -- "$@" --proxy gateway ${scenarios.join(" ")}`;
  return shell(line, folder, `#!/bin/sh\n[ "$1" != run ] || ${narrowed}\n${real}`, env);
}
