import type { DialectRow } from "../../dialect.ts";

/** Every row was measured on the same release. */
export type Row = Omit<DialectRow, "versions">;

export const replies = "src/http.cc";
