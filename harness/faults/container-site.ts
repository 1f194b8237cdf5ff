import { mkdir } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, extname, join, sep } from "node:path";
import { compileCache } from "../net/compile-cache.ts";
import { imageOf } from "../net/container-image.ts";
import type { Mount } from "../net/container-program.ts";
import { orAborted } from "../net/or-aborted.ts";

const image = imageOf("backend");

/** Where the image looks for Node; ours is mounted there, which is newer than Debian's. */
export const node = "/usr/local/bin/node";

/** Where the cache of what Node has compiled is in the container. */
const cache = "/tmp/node-compile-cache";

/** A program of `apps/`, next to this file as source or compiled. */
export function appFile(name: string): string {
  return join(import.meta.dirname, "apps", `${name}${extname(import.meta.filename)}`);
}

/** What every container of ours is made of. @throws the signal's reason when it comes before the image is there */
export async function containerSite(signal: AbortSignal) {
  await mkdir(compileCache, { recursive: true });
  const mounts: Mount[] = [
    { source: process.execPath, target: node },
    ...packageFolders().map((folder) => ({ source: folder, target: folder })),
    { source: compileCache, target: cache, writable: true },
  ];
  const built = await orAborted(signal, image.build());
  return { image: built, mounts, env: { NODE_COMPILE_CACHE: cache }, signal };
}

/** What keeps a backend from living in a container here, with the command that supplies it. */
export async function containerMissing(): Promise<string | undefined> {
  if (process.platform !== "linux") return "containers that share this machine's kernel and network: this needs Linux";
  return image.missing();
}

/** This package, and the folder in which its dependencies are: often one lies within the other. */
function packageFolders(): string[] {
  const folders = [folderOf(".."), modulesWith("dns-packet")];
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}${sep}`)));
}

function folderOf(specifier: string): string {
  const manifest = findPackageJSON(specifier, import.meta.url);
  if (manifest === undefined) throw new Error(`${import.meta.url} finds no package ${specifier}`);
  return dirname(manifest);
}

/** The outermost `node_modules` above a package, since package managers link from one into another. */
function modulesWith(name: string): string {
  const modules = `${sep}node_modules`;
  const folder = folderOf(name);
  return folder.slice(0, folder.indexOf(`${modules}${sep}`) + modules.length);
}
