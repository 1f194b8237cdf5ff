import { glob } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProxyDriver } from "./driver.ts";

/**
 * Every driver there is: each folder of `proxies/` holds a `driver.ts` whose default export is a driver,
 * or several that bring up the same proxy in different ways.
 */
export async function loadDrivers(): Promise<ProxyDriver[]> {
  const folder = join(import.meta.dirname, "proxies");
  const paths: string[] = [];
  for await (const path of glob("*/driver.{ts,js}", { cwd: folder })) paths.push(path);
  const modules: { default: ProxyDriver | readonly ProxyDriver[] }[] = await Promise.all(
    paths.sort().map((path) => import(pathToFileURL(join(folder, path)).href)),
  );
  return modules.flatMap((module) => module.default);
}
