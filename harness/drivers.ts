import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProxyDriver } from "./driver.ts";
import { foldersIn, moduleFiles } from "./module-files.ts";

const proxies = join(import.meta.dirname, "proxies");

/**
 * Every driver there is: each folder of `proxies/` holds a `driver.ts` whose default export is a driver,
 * or several that bring up the same proxy in different ways.
 * @param words names of proxies, with or without a version behind an `@`: if each is the name of a driver, no others are
 * loaded
 */
export async function loadDrivers(words: readonly string[] = []): Promise<ProxyDriver[]> {
  const folders = await foldersIn(proxies);
  const names = new Set(words.map((word) => word.replace(/@.*/, "")));
  const named = await loadFrom(folders.filter((folder) => names.has(folder)));
  const found = new Set(named.map(({ name }) => name));
  return names.size > 0 && [...names].every((name) => found.has(name)) ? named : loadFrom(folders);
}

async function loadFrom(folders: readonly string[]): Promise<ProxyDriver[]> {
  const loaded = folders.map(async (folder) => {
    const files = await moduleFiles(join(proxies, folder));
    const file = files.find((name) => /^driver\.[jt]s$/.test(name));
    if (file === undefined) return []; // what several drivers share
    const { href } = pathToFileURL(join(proxies, folder, file));
    const module: { default: ProxyDriver | readonly ProxyDriver[] } = await import(href);
    return module.default;
  });
  return (await Promise.all(loaded)).flat(2);
}
