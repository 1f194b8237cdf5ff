import type { Cause } from "../cause.ts";
import { type Claim, isTally, type Outcome, outcomesOf, type Tally } from "../outcome.ts";
import { causesOf, type Scenario } from "../scenario.ts";
import { outcomeText } from "./words.ts";

/** What a scenario claims, in few words: `504`, `502 or clean`, `502, then clean`, `2× 503, 8–10× clean`. */
export function claimText(scenario: Scenario): string {
  const claims = (scenario.asks ?? [{}]).map((ask) => ask.claim ?? scenario.claim);
  return claimsText(claims, causesOf(scenario));
}

/** The same for claims that stand alone, one for each ask. */
export function claimsText(claims: readonly (Claim | Tally)[], causes: readonly Cause[]): string {
  const texts = claims.map((claim) => oneClaim(claim, causes));
  return texts.every((text) => text === texts[0]) ? (texts[0] ?? "") : texts.join(", then ");
}

function oneClaim(claim: Claim | Tally, causes: readonly Cause[]): string {
  if (!isTally(claim)) return allowed([claim].flat(), causes);
  return Object.entries(claim.tally)
    .map(
      ([word, times]) =>
        `${typeof times === "number" ? times : times?.join("–")}× ${allowed([word as Outcome], causes)}`,
    )
    .join(", ");
}

function allowed(words: readonly (Outcome | "own")[], causes: readonly Cause[]): string {
  const outcomes = words.flatMap((word) => outcomesOf(word, causes));
  return outcomes.map(outcomeText).join(" or ");
}
