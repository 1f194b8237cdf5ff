import type { Via } from "../driver.ts";
import { UsageError } from "./usage.ts";

/** How a proxy can be brought up that is not in this process. */
export type Way = Extract<Via, "local" | "container">;

const ways: readonly string[] = ["local", "container"] satisfies Way[];

/** @throws UsageError for a word that is no way to bring up a proxy */
export function waysOf(words: readonly string[]): readonly Way[] {
  const strange = words.find((word) => !ways.includes(word));
  if (strange !== undefined) throw new UsageError(`--via: wanted local or container; got “${strange}”`);
  return words.filter((word): word is Way => ways.includes(word));
}
