import type { Dialect } from "../../dialect.ts";
import { special } from "./dialect-special.ts";
import { statuses } from "./dialect-statuses.ts";

/** What every row was measured on: Squid 5.7, as Debian 12 builds it with OpenSSL. Sources are files of that release. */
const versions = ">=5.7 <5.8";

export const dialect: Dialect = {
  rows: [...statuses, ...special].map((row) => ({ ...row, versions })),
};
