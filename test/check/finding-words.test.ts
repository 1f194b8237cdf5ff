import { expect, test } from "vitest";
import { came } from "../../harness/check/finding-words.ts";

test.each([
  [57, "55 ms"],
  [300.2, "300 ms"],
  [324.9, "300 ms"],
  [999.6, "1 s"],
  [1_000, "1 s"],
  [1_999.6, "2 s"],
  [2_000.4, "2 s"],
  [2_240, "2 s"],
  [9_999.7, "10 s"],
  [5_060, "5 s"],
  [60_900, "60 s"],
])("a client that waited %d ms had no answer within %s, whenever it looked at its clock", (took, text) => {
  expect(came({ outcome: "hang", took })).toBe(`no answer within ${text}`);
});
