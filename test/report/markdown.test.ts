import { describe, expect, test } from "vitest";
import { markdownReport } from "../../harness/report/markdown.ts";
import { run } from "./run.ts";

describe("the Markdown report", () => {
  const page = markdownReport(run);

  test("begins with the sum, proxy by proxy", () => {
    expect(page).toMatch(/^## ✗ badgateway: 3 as claimed, 1 failed, 1 void, 1 skipped\n/);
    expect(page).toContain("| ✗ gateway 0.1.0 | 2 | 0 | 1 | 0 | 0 | 0 |");
    expect(page).toContain("| ○ nginx 1.22.1 | 1 | 1 | 0 | 1 | 1 | 0 |");
  });

  test("keeps what a peer has said inside its fence, and out of the markup", () => {
    const summary = /<summary>(.*tls\/expired.*)<\/summary>/.exec(page)?.[1];
    expect(summary).toContain("&lt;/script>&lt;img");
    expect(page).toMatch(/^`{7}text\n✗ tls\/expired on gateway 0\.1\.0\n/m); // the text has a fence of six
  });

  test("holds the matrix and the reasons of departures", () => {
    expect(page).toContain("| slow/never | 504 | hang\\* |");
    expect(page).toContain("It knows no such timer. (docs.example/timer)");
  });

  test("fits the summary of a CI job, and says what it has left out", () => {
    const [, , , , failed] = run.cells;
    if (!failed) throw new Error("the run has no failed cell");
    const said = Array.from({ length: 20 }, () => "…".repeat(3_000));
    const cells = Array.from({ length: 100 }, () => ({
      ...failed,
      ...(failed.trial && { trial: { ...failed.trial, said } }),
    }));
    const long = markdownReport({ ...run, cells });
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(long)).toBeGreaterThan(800_000);
    expect(long).toMatch(/\d+ more of what there is to tell had no room here/);
  });
});
