import type { Cause } from "../../cause.ts";
import type { Dialect, DialectRow } from "../../dialect.ts";

/** All rows of a proxy were measured on the same releases. Files of Node itself are those of Node 24. */
export type Row = Omit<DialectRow, "versions">;

export function dialectOf(versions: string, ...groups: readonly (readonly Row[])[]): Dialect {
  return { rows: groups.flat().map((row) => ({ ...row, versions })) };
}

/** One row said of several causes. */
export function forEach(causes: readonly Cause[], row: Omit<Row, "on">): readonly Row[] {
  return causes.map((cause) => ({ ...row, on: { cause } }));
}
