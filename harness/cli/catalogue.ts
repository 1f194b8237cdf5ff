import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { loadScenarios } from "../folder.ts";
import { messageOf } from "../net/message-of.ts";
import type { NamedScenario } from "../scenario.ts";
import { UsageError } from "./usage.ts";

/**
 * The scenarios of a folder, or those that come with the product.
 * @throws UsageError when there are none in it, or one of them is wrong
 */
export async function loadCatalogue(folder: string | undefined): Promise<NamedScenario[]> {
  if (folder === undefined) return loadScenarios();
  const path = resolve(folder);
  const entry = await stat(path).catch(() => undefined);
  if (!entry?.isDirectory()) throw new UsageError(`--catalogue: wanted a folder of scenarios; ${folder} is none`);
  const scenarios = await loadScenarios(path).catch((error: unknown) => {
    throw new UsageError(`--catalogue: ${messageOf(error)}`);
  });
  if (scenarios.length > 0) return scenarios;
  throw new UsageError(`--catalogue: wanted a folder that holds <family>/<name>.ts; found no such file in ${folder}`);
}
