import type { ReportCell } from "../report-cell.ts";

/**
 * How a cell is shown: what it became, and where it departs from the standards, how much that hurts a client.
 * Every level has a sign or a word of its own beside its colour.
 */
export const heats = {
  ok: { sign: "", name: "as the standards ask", means: "the claim of the scenario holds" },
  mild: { sign: "*", name: "departs", means: "another answer than the standards ask, as measured" },
  warm: { sign: "*", name: "departs, broken off", means: "closed or cut, where the standards ask for something else" },
  hot: {
    sign: "*",
    name: "departs, badly",
    means: "hangs, dies, answers no HTTP, or passes what is incomplete for whole",
  },
  fail: { sign: "✗", name: "failed", means: "neither as claimed nor as measured" },
  void: { sign: "○", name: "void", means: "the fault did not provably happen" },
  skipped: { sign: "–", name: "skipped", means: "something is missing here, or nobody has measured this version" },
  none: { sign: "·", name: "not applicable", means: "the proxy has no means for what the scenario is about" },
} as const;

export type Heat = keyof typeof heats;

export function heatOf({ verdict, trial }: ReportCell): Heat {
  if (verdict.kind === "inapplicable") return "none";
  if (verdict.kind !== "pass") return verdict.kind;
  if (!verdict.departs) return "ok";
  const outcomes = (trial?.exchanges ?? []).map(({ outcome }) => outcome);
  if (outcomes.some((outcome) => ["silent", "hang", "died", "raw"].includes(outcome))) return "hot";
  return outcomes.some((outcome) => ["closed", "cut"].includes(outcome)) ? "warm" : "mild";
}
