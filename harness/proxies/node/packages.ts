import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";

/** What is not installed, with the command that installs it; nothing when all of it is. */
export function missingPackages(names: readonly string[]): string | undefined {
  const missing = names.filter((name) => manifestOf(name) === undefined);
  if (missing.length === 0) return undefined;
  return `no ${missing.join(", no ")} among the packages: npm i -D ${missing.join(" ")}`;
}

/** The version installed. @throws Error when there is none */
export function versionOf(name: string): string {
  const path = manifestOf(name);
  if (path === undefined) throw new Error(missingPackages([name]));
  const { version }: { version: string } = JSON.parse(readFileSync(path, "utf8"));
  return version;
}

function manifestOf(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
