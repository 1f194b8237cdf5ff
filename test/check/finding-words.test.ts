import { expect, test } from "vitest";
import { came } from "../../harness/check/finding-words.ts";

test.each([
  [57, "55 ms"],
  [300.2, "300 ms"],
  [349.9, "300 ms"],
  [1_000, "1 s"],
  [2_000.4, "2 s"],
  [2_310, "2 s"],
  [5_060, "5 s"],
  [60_900, "60 s"],
])("a client that waited %d ms had no answer within %s, however late it looked at its clock", (took, text) => {
  expect(came({ outcome: "hang", took })).toBe(`no answer within ${text}`);
});
