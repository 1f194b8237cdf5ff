import type { DialectRow } from "../../dialect.ts";

/** Every row was measured on the same release. */
export type Row = Omit<DialectRow, "versions">;

export const proxying = "modules/caddyhttp/reverseproxy/reverseproxy.go";
export const transport = "modules/caddyhttp/reverseproxy/httptransport.go";
