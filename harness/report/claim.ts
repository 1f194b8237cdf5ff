import { type Claim, isTally, type Outcome, outcomesOf, type Tally } from "../outcome.ts";
import { causesOf, type Scenario } from "../scenario.ts";
import { outcomeText } from "./words.ts";

/** What a scenario claims, in few words: `504`, `502 or clean`, `502, then clean`, `2× 503, 8–10× clean`. */
export function claimText(scenario: Scenario): string {
  const claims = (scenario.asks ?? [{}]).map((ask) => oneClaim(ask.claim ?? scenario.claim, scenario));
  return claims.every((claim) => claim === claims[0]) ? (claims[0] ?? "") : claims.join(", then ");
}

function oneClaim(claim: Claim | Tally, scenario: Scenario): string {
  if (!isTally(claim)) return allowed([claim].flat(), scenario);
  return Object.entries(claim.tally)
    .map(
      ([word, times]) =>
        `${typeof times === "number" ? times : times?.join("–")}× ${allowed([word as Outcome], scenario)}`,
    )
    .join(", ");
}

function allowed(words: readonly (Outcome | "own")[], scenario: Scenario): string {
  const outcomes = words.flatMap((word) => outcomesOf(word, causesOf(scenario)));
  return outcomes.map(outcomeText).join(" or ");
}
