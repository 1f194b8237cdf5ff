import { expect, test } from "vitest";
import { recordedShape } from "../harness/check/recorded.ts";
import { isClaimWord, isOutcome } from "../harness/outcome.ts";
import { outcome } from "../harness/report/trial-shape.ts";

const recorded = (word: string) =>
  recordedShape.safeParse({ format: 1, recorded: "today", scenarios: { "slow/x": { outcomes: [[word]] } } }).success;

test.each([
  ["own(502)", true],
  ["relayed(600)", true],
  ["hang", true],
  ["own", false],
  ["relayed(0)", true],
  ["relayed(1000)", true],
  ["own()", false],
  ["relayed(-1)", false],
  ["cleanly", false],
])("%s is an outcome wherever one is read: %s", (word, wanted) => {
  expect([isOutcome(word), outcome.safeParse(word).success, recorded(word)]).toEqual([wanted, wanted, wanted]);
  expect(isClaimWord(word)).toBe(wanted || word === "own");
});
