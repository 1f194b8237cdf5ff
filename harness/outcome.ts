import { type Cause, recommendedStatus } from "./cause.ts";

/**
 * What the client got, from a closed list:
 *
 * - `own(status)`: a whole response of the proxy's own making
 * - `relayed(status)`: the origin's response, whole, known by the nonce in its fields or body
 * - `clean`: the origin's 200, whole
 * - `cut`: the origin's head came, then the message was visibly broken off
 * - `silent`: the origin's message is incomplete but looks complete: the worst there is
 * - `closed`: the connection ended without one byte
 * - `raw`: bytes came, but no HTTP/1.x head
 * - `hang`: the client was still waiting at its deadline
 * - `died`: the proxy process is gone
 */
export type Outcome =
  | `own(${number})`
  | `relayed(${number})`
  | "clean"
  | "cut"
  | "silent"
  | "closed"
  | "raw"
  | "hang"
  | "died";

/** How an outcome is written. A status that is relayed may have other digits than three: some proxies mind none. */
export const outcomePattern = /^(?:(?:own|relayed)\(\d+\)|clean|cut|silent|closed|raw|hang|died)$/;

export function isOutcome(value: unknown): value is Outcome {
  return typeof value === "string" && outcomePattern.test(value);
}

/** `own` without a number means: the status that the oracle recommends for the cause. */
export type ClaimWord = Outcome | "own";

export function isClaimWord(value: unknown): value is ClaimWord {
  return value === "own" || isOutcome(value);
}

/** One outcome, or the set that the standards allow. */
export type Claim = ClaimWord | readonly ClaimWord[];

/** For an ask that is repeated: how often each outcome must come, as a count or as `[least, most]`. */
export interface Tally {
  readonly tally: Readonly<Partial<Record<ClaimWord, number | readonly [number, number]>>>;
}

export function isTally(claim: Claim | Tally): claim is Tally {
  return typeof claim === "object" && "tally" in claim;
}

/** The outcomes that a claim word stands for, given the causes that may apply. */
export function outcomesOf(word: ClaimWord, causes: readonly Cause[]): readonly Outcome[] {
  if (word !== "own") return [word];
  return [...new Set(causes.map((cause) => recommendedStatus[cause]))].map((status): Outcome => `own(${status})`);
}
