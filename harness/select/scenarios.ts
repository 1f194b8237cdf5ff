import picomatch from "picomatch";
import type { NamedScenario } from "../scenario.ts";
import { meant, nearest } from "./nearest.ts";
import { UnknownName } from "./unknown-name.ts";

/**
 * The scenarios that ids (`slow/no-answer`), families (`slow`) and globs (`slow/*`) name; all of them when there are none.
 * @throws UnknownName for a word that names nothing
 */
export function selectScenarios(
  catalogue: readonly NamedScenario[],
  words: readonly string[],
): readonly NamedScenario[] {
  if (words.length === 0) return catalogue;
  const matchers = words.map((word) => {
    const matches = matcher(word);
    if (!catalogue.some(({ id }) => matches(id))) throw new UnknownName(unknown(word, catalogue));
    return matches;
  });
  return catalogue.filter(({ id }) => matchers.some((matches) => matches(id)));
}

function matcher(word: string): (id: string) => boolean {
  const trimmed = word.replace(/\/+$/, "");
  return trimmed.includes("/") ? picomatch(trimmed) : picomatch(`${trimmed}/*`);
}

function unknown(word: string, catalogue: readonly NamedScenario[]): string {
  const ids = catalogue.map(({ id }) => id);
  const families = [...new Set(ids.map((id) => id.split("/")[0] ?? id))];
  const all = `${families.map((family) => `${family}/*`).join(", ")} (badgateway list scenarios)`;
  // A family is shorter than any id, so that a misspelt one would look nearer to a family than it is to its id.
  const [family = word, name] = word.split("/");
  if (name === undefined) return `no scenario is called “${word}”; ${meant(word, [...families, ...ids], all)}`;
  const likely = nearest(family, families);
  const glob = likely !== undefined && name === "*";
  return `no scenario is called “${word}”; ${glob ? `did you mean ${likely}/*?` : meant(word, ids, all)}`;
}
