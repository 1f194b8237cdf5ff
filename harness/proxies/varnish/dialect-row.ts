import type { DialectRow } from "../../dialect.ts";

/** Every row was measured on the same release. */
export type Row = Omit<DialectRow, "versions">;

export const fetching = "bin/varnishd/cache/cache_fetch.c";
export const framing = "bin/varnishd/http1/cache_http1_proto.c";
