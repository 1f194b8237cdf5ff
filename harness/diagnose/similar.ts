import { distance } from "fastest-levenshtein";
import type { Entry, Knowledge } from "./knowledge.ts";

/** Something known that a text which is not recognised comes close to. */
export interface Similar {
  readonly knowledge: Knowledge;
  readonly entry: Entry;
}

/** The known words that have most in common with a text; none when nothing has. */
export function similarTo(text: string, all: readonly Knowledge[], most = 3): Similar[] {
  const told = wordsOf(text);
  const scored = all.flatMap((knowledge) =>
    knowledge.entries.map((entry) => ({ knowledge, entry, score: likeness(told, wordsOf(entry.words)) })),
  );
  const near = scored.filter(({ score }) => score >= 0.4).toSorted((a, b) => b.score - a.score);
  return near.slice(0, most);
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[a-z][a-z_]{2,}/g))];
}

/** Words in common by the words of both (Dice), or by those told; a word counts when all but a letter or two agree. */
function likeness(told: readonly string[], known: readonly string[]): number {
  if (told.length === 0 || known.length === 0) return 0;
  const common = told.filter((word) => known.some((other) => distance(word, other) <= Math.floor(word.length / 4)));
  if (common.length < 2) return 0; // one word in common is chance
  const ofAll = (2 * common.length) / (told.length + known.length);
  return Math.max(ofAll, (common.length / told.length) * 0.6); // who quotes a part is near as well
}
