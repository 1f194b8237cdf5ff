import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";

/** Version of this package, whether it runs from its sources or as published. */
export function packageVersion(): string {
  const manifest = findPackageJSON(".", import.meta.url);
  if (manifest === undefined) throw new Error(`${import.meta.url} is in no package`);
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  return version;
}
