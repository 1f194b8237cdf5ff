import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProxyDriver } from "./driver.ts";
import { foldersIn, moduleFiles } from "./module-files.ts";

/**
 * Every driver there is: each folder of `proxies/` holds a `driver.ts` whose default export is a driver,
 * or several that bring up the same proxy in different ways.
 * @param names of proxies, with or without a version behind an `@`: if each of them is a folder's, no others are loaded
 */
export async function loadDrivers(names: readonly string[] = []): Promise<ProxyDriver[]> {
  const proxies = join(import.meta.dirname, "proxies");
  const folders = await foldersIn(proxies);
  const named = new Set(names.map((name) => name.replace(/@.*/, "")));
  const enough = named.size > 0 && [...named].every((name) => folders.includes(name));
  const loaded = (enough ? folders.filter((folder) => named.has(folder)) : folders).map(async (folder) => {
    const files = await moduleFiles(join(proxies, folder));
    const file = files.find((name) => /^driver\.[jt]s$/.test(name));
    if (file === undefined) return []; // what several drivers share
    const module: { default: ProxyDriver | readonly ProxyDriver[] } = await import(
      pathToFileURL(join(proxies, folder, file)).href
    );
    return module.default;
  });
  return (await Promise.all(loaded)).flat(2);
}
