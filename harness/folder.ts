import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { foldersIn, moduleFiles } from "./module-files.ts";
import { messageOf } from "./net/message-of.ts";
import type { NamedScenario, Scenario } from "./scenario.ts";
import { scenarioShape } from "./scenario-shape.ts";

/** The catalogue that comes with the product. */
export const catalogueFolder = join(import.meta.dirname, "..", "scenarios");

/**
 * Loads every scenario below a folder, in order of family and name. A file's path is its id: `crash/refused`.
 * @throws Error naming the file and the key that is wrong
 */
export async function loadScenarios(folder = catalogueFolder): Promise<NamedScenario[]> {
  const families = await Promise.all(
    (await foldersIn(folder)).map(async (family) => {
      const files = await moduleFiles(join(folder, family));
      return Promise.all(files.map((file) => loadScenario(join(folder, family, file), `${family}/${file}`)));
    }),
  );
  return families.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function loadScenario(file: string, path: string): Promise<NamedScenario> {
  const module: { default?: Scenario } = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`${file} cannot be loaded: ${messageOf(error)}`, { cause: error });
  });
  const read = scenarioShape.safeParse(module.default);
  if (!read.success) {
    const issues = read.error.issues.map((issue) => `${issue.path.join(".") || "default export"}: ${issue.message}`);
    throw new Error(`${file} is no scenario: ${issues.join("; ")}`);
  }
  return { ...(module.default as Scenario), id: path.replace(/\.[jt]s$/, "") };
}
