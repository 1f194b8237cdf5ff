import type { Dialect } from "../../dialect.ts";

export const dialect: Dialect = { rows: [] };
