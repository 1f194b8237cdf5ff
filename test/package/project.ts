import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../harness/net/temporary.ts";

export const root = join(import.meta.dirname, "..", "..");

export interface Ended {
  readonly code: number;
  /** What it said, on both channels. */
  readonly text: string;
  readonly stdout: string;
}

/** An empty project into which the packed package has been installed. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** The package as it would be published. */
  readonly tarball: string;
  /** Why it could not be installed, when that was the registry. */
  readonly unreachable?: string;
  run(program: string, ...args: string[]): Promise<Ended>;
}

/** Packs the package, and installs it beside what a consumer has: vitest, supertest and TypeScript, in our versions. */
export async function packedProject(): Promise<Project> {
  await using opening = new AsyncDisposableStack();
  const { path } = opening.use(await temporaryFolder());
  const folder = join(path, "project");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const packed = await execute(root, "npm", ["pack", "--silent", "--pack-destination", path]);
  if (packed.code !== 0) throw new Error(`npm pack: ${packed.text}`);
  const tarball = join(path, packed.stdout.trim().split("\n").at(-1) ?? "");
  const guests = await Promise.all(["vitest", "supertest", "typescript", "@types/node", "@types/supertest"].map(ours));
  const installing = [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=0",
    tarball,
    ...guests,
  ];
  const installed = await execute(folder, "npm", installing);
  const unreachable =
    /npm error (?:code|network).*\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/.exec(
      installed.text,
    )?.[1];
  if (installed.code !== 0 && unreachable === undefined) throw new Error(`npm install: ${installed.text}`);
  const open = opening.move();
  return {
    folder,
    tarball,
    ...(installed.code !== 0 && { unreachable: `the npm registry cannot be reached (${unreachable})` }),
    run: (program, ...args) => execute(folder, program, args),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** `vitest@5.1.1`, as it is installed here. */
async function ours(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"));
  return `${name}@${version}`;
}

/** In an environment that knows nothing of the test runner, nor of the npm that may have started it. */
async function execute(cwd: string, program: string, args: readonly string[]): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle|config_local_prefix|config_prefix)|INIT_CWD|NODE_ENV|VITEST|BADGATEWAY_|CI$)/.test(
        name,
      ),
  );
  const env = {
    ...Object.fromEntries(inherited),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NO_COLOR: "1",
  };
  const settings = { cwd, env, timeout: 120_000, killSignal: "SIGKILL", maxBuffer: 2 ** 26 } as const;
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, settings);
    return { code: 0, stdout, text: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
    const { code, stdout, stderr } = error as typeof error & { code?: number };
    if (typeof code !== "number") throw error;
    return { code, stdout: String(stdout), text: `${stdout}${stderr}` };
  }
}
