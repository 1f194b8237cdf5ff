import type { Cause } from "./cause.ts";
import type { Claim, Tally } from "./outcome.ts";
import type { TimerName } from "./plan.ts";

/**
 * How sure something said of a proxy is:
 *
 * - `measured`: seen on the real thing by badgateway itself
 * - `documented`: its vendor states it
 * - `derived`: it follows from what the vendor states, but is not spelled out
 * - `unconfirmed`: from memory or at second hand; nothing may fail because of it
 */
export type Mark = "measured" | "documented" | "derived" | "unconfirmed";

/** Where a proxy departs from the oracle, row by row. A row nobody needs any more is deleted. */
export interface Dialect {
  /** The proxy names the cause in `Proxy-Status` on every response of its own; the judge then demands the right one. */
  readonly proxyStatus?: true;
  readonly rows: readonly DialectRow[];
}

/** One departure. `id` beats `glob` beats `cause`; a row by cause rewrites only `own`. */
export interface DialectRow {
  readonly on: { readonly id: string } | { readonly glob: string } | { readonly cause: Cause };
  /** Speaks of the run with the cause taken away; without this, of the fault. */
  readonly remedied?: true;
  /** What this proxy answers: for the whole scenario, or one claim for each ask. */
  readonly answers?: Claim | Tally | readonly { readonly claim: Claim | Tally }[];
  /** The timer at which it answers, or `never` when no timer of its own is behind the answer. */
  readonly at?: TimerName | "never";
  /** What it puts the failure down to, where that is another cause than the scenario's. */
  readonly cause?: Cause;
  /** Proofs that cannot happen with this proxy, by their act. */
  readonly waives?: readonly string[];
  /** What the scenario says must never stand in the response, or always, and here does or does not; by its name there. */
  readonly admits?: readonly string[];
  readonly reason: string;
  /** Documentation, or source file. */
  readonly source: string;
  /** How sure the row is, where it is not measured: what a vendor says of a proxy that cannot be run here. */
  readonly mark?: Exclude<Mark, "measured">;
  /** Range of versions on which it was measured, as npm writes ranges: `>=1.22 <1.23`. */
  readonly versions: string;
}
