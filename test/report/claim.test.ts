import { expect, test } from "vitest";
import { claimText } from "../../harness/report/claim.ts";
import { scenario } from "./cells.ts";

test.each([
  [{ claim: "own" }, "504"],
  [{ claim: "own", cause: ["connection_read_timeout", "connection_refused"] }, "504 or 502"],
  [{ claim: ["own", "clean"] }, "504 or clean"],
  [{ claim: "relayed(413)" }, "413 relayed"],
  [{ claim: "clean", asks: [{ claim: "own" }, {}] }, "504, then clean"],
  [{ claim: "clean", asks: [{}, {}] }, "clean"],
  [{ claim: { tally: { "own(503)": 2, clean: [8, 10] } } }, "2× 503, 8–10× clean"],
] as const)("%j is told as “%s”", (changes, text) => {
  expect(claimText(scenario("pool/limit", changes))).toBe(text);
});
