import { expect, test } from "vitest";
import { findingsText } from "../../harness/check/findings-text.ts";
import { plain } from "../../harness/report/paint.ts";
import type { Verdict } from "../../harness/verdict.ts";

test.each([
  [["pass", "inapplicable"], "No findings: every answer was as the standards ask."],
  [["pass", "void"], "No findings: every answer that could be judged was as the standards ask."],
  [["void", "skipped", "inapplicable"], "No findings: there was nothing that could be judged."],
] as const)("without findings, of %j it says no more than is known", (kinds, text) => {
  const verdicts = kinds.map((kind): Verdict => ({ kind, why: [] }));
  expect(findingsText([], verdicts, { paint: plain })).toBe(text);
});
