import type { Entry, Knowledge } from "./knowledge.ts";

/** An entry whose pattern is in a text. */
export interface Match {
  readonly knowledge: Knowledge;
  readonly entry: Entry;
  /** Octets of the text that the pattern took. */
  readonly length: number;
  /** The pattern took all of the text, which so is no part of something longer. */
  readonly whole: boolean;
}

/**
 * What is known of a text: first the entries of the one who has most likely said it, the most telling first; then those
 * of others who say the same.
 */
export function recognise(text: string, all: readonly Knowledge[]): Match[] {
  const matches = all.flatMap((knowledge) => matchesIn(text, knowledge));
  const spoken = matches.filter(({ knowledge }) => knowledge.voice?.test(text));
  const [best] = (spoken.length > 0 ? spoken : matches).toSorted(moreTelling);
  if (!best) return [];
  const own = matches.filter(({ knowledge }) => knowledge === best.knowledge);
  const others = matches.filter(({ knowledge, length }) => knowledge !== best.knowledge && length >= best.length);
  return [...own.toSorted(moreTelling), ...others.toSorted(moreTelling)];
}

function matchesIn(text: string, knowledge: Knowledge): Match[] {
  return knowledge.entries.flatMap((entry) => {
    const taken = entry.pattern.exec(text)?.[0].length;
    if (taken !== undefined) return [{ knowledge, entry, length: taken, whole: taken === text.length }];
    return isPartOf(text, entry) ? [{ knowledge, entry, length: text.length, whole: false }] : [];
  });
}

/** People quote a message from memory and leave its end off: some words of it, in their order, are enough. */
function isPartOf(text: string, { words }: Entry): boolean {
  return /\w\W+\w/.test(text) && text.length >= 8 && words.toLowerCase().includes(text.toLowerCase());
}

/**
 * Who knows the text as it stands, before who knows a part of it, or it as a part. A status says little; who takes more of
 * the text says more; then who names fewer causes.
 */
function moreTelling(a: Match, b: Match): number {
  const whole = Number(b.whole) - Number(a.whole);
  const standard = Number(a.knowledge.kind === "standard") - Number(b.knowledge.kind === "standard");
  return whole || standard || b.length - a.length || a.entry.causes.length - b.entry.causes.length;
}
