import { loadScenarios } from "../folder.ts";
import type { ScenarioId } from "../ids.ts";
import type { NamedScenario } from "../scenario.ts";
import { selectScenarios } from "../select/scenarios.ts";

/** `crash`. */
export type Family = ScenarioId extends `${infer Name}/${string}` ? Name : never;

/** Scenarios of the catalogue by id, by family, or all of a family as a glob has it. */
export type ScenarioWord = ScenarioId | Family | `${Family}/*`;

/**
 * The scenarios of the catalogue that ids and families name; all of them when there are none.
 * @throws Error for a word that names nothing
 */
export async function findScenarios(...words: readonly ScenarioWord[]): Promise<readonly NamedScenario[]> {
  return selectScenarios(await loadScenarios(), words);
}

/** @throws Error when there is no such scenario */
export async function findScenario(id: ScenarioId): Promise<NamedScenario> {
  const [scenario] = await findScenarios(id);
  if (scenario?.id !== id) throw new Error(`wanted the id of one scenario, such as crash/refused; got “${id}”`);
  return scenario;
}
