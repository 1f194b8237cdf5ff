import { expect, test } from "vitest";
import { recordText } from "../../../harness/report/html/record-text.ts";
import type { Transcript } from "../../../harness/trial.ts";
import { exchange, trial } from "../cells.ts";

const bounds = { exchanges: 1, connections: 1, notes: 1, said: 1, words: 1, first: 8, last: 4 };
const shown = (received: Transcript) =>
  recordText(trial({ exchanges: [exchange("clean", { received })] }), undefined, bounds).exchanges[0]?.received;

test.each([
  ["up to the first bound", { bytes: 8, first: "ABCDEFGH" }, { bytes: 8, first: "ABCDEFGH" }],
  ["between the first bound and both", { bytes: 11, first: "ABCDEFGHIJK" }, { bytes: 11, first: "ABCDEFGHIJK" }],
  ["of just both", { bytes: 12, first: "ABCDEFGHIJ", last: "KL" }, { bytes: 12, first: "ABCDEFGHIJKL" }],
  ["longer than both", { bytes: 13, first: "ABCDEFGHIJKLM" }, { bytes: 13, first: "ABCDEFGH", last: "JKLM" }],
  ["cut when it was recorded", { bytes: 99, first: "ABCDEF", last: "YZ" }, { bytes: 99, first: "ABCDEFYZ", last: "" }],
])("a transcript %s is cut only where octets are left out", (_, received, wanted) => {
  expect(shown(received)).toEqual(wanted);
});
