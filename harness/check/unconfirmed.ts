import type { Verdict } from "../verdict.ts";

/** What nobody has confirmed fails no check: where it does not hold, that is worth a warning. */
export function warning(verdict: Verdict): Verdict {
  const { kind, why, departs = [], mark } = verdict;
  if (kind !== "fail" || mark !== "unconfirmed") return verdict;
  return { kind: "pass", why: [], departs: [`${why.join("; ")}, which is unconfirmed: ${departs.join("; ")}`], mark };
}

/** Why a cell is worth a warning, when it is. */
export function warnedOf({ kind, mark, departs = [] }: Verdict): string | undefined {
  return kind === "pass" && mark === "unconfirmed" ? departs.join("; ") : undefined;
}
