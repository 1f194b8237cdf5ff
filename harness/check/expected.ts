import type { Dialect } from "../dialect.ts";
import { rowFor } from "../expectation.ts";
import { causesOf, type NamedScenario } from "../scenario.ts";

/**
 * Where it is written what one proxy answers: rows as in a dialect, with the reason and the source. There may be several
 * of them: what its owner expects, what was recorded, what a managed proxy documents.
 */
export type ExpectationSource = Dialect;

/** The first source that speaks of a scenario counts; the standards where none does. */
export function expectedBy(sources: readonly ExpectationSource[], scenario: NamedScenario): Dialect {
  const source = sources.find(({ rows }) => rowFor(rows, scenario.id, causesOf(scenario)) !== undefined);
  return source ?? { rows: [] };
}
