import type { NamedScenario } from "../scenario.ts";
import { UsageError } from "./usage.ts";

/** One part of a run that several machines share. */
export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** Reads `2/5`. @throws UsageError for what is none */
export function parseShard(text: string): Shard {
  const [, number, of] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (number !== undefined && of !== undefined && number >= 1 && number <= of) return { number, of };
  throw new UsageError(`--shard: wanted a part of the whole, from 1/5 to 5/5; got “${text}”`);
}

/**
 * The scenarios of one shard: dealt like cards, those first that run alone, then those that run again with their
 * remedy, so that every shard gets its share of each kind. The same selection gives the same shards everywhere.
 */
export function shardOf(scenarios: readonly NamedScenario[], { number, of }: Shard): readonly NamedScenario[] {
  const kind = ({ alone, remedy }: NamedScenario) => (alone ? 0 : remedy ? 1 : 2);
  const dealt = scenarios.toSorted((a, b) => kind(a) - kind(b));
  const hand = new Set(dealt.filter((_, index) => index % of === number - 1));
  return scenarios.filter((scenario) => hand.has(scenario));
}
