import type { Absence } from "../report/facts.ts";
import type { Verdict } from "../verdict.ts";
import { exitCode } from "./usage.ts";

/** What a run ends with. A skip is no failure, unless `BADGATEWAY_NO_SKIPS=1` says that everything must be here. */
export function exitCodeOf(cells: readonly { readonly verdict: Verdict }[], absent: readonly Absence[]): number {
  const kinds = new Set(cells.map(({ verdict }) => verdict.kind));
  const skipped = kinds.has("skipped") || absent.length > 0;
  const wanting = kinds.has("fail") || kinds.has("void") || (skipped && process.env.BADGATEWAY_NO_SKIPS === "1");
  return wanting ? exitCode.notAsClaimed : exitCode.asClaimed;
}
