import type { Dialect } from "../../dialect.ts";
import { bodies } from "./dialect-body.ts";
import { connections } from "./dialect-connection.ts";
import { malformed } from "./dialect-malformed.ts";
import type { Row } from "./dialect-row.ts";

/** What every row was measured on: lighttpd 1.4.69, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=1.4.69 <1.4.70";

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(504)"],
    reason: "Nothing notices a loop: the request goes round until the other hop gives up, or a timer on the way.",
    source: "src/mod_proxy.c: Via is neither written nor read",
  },
  {
    on: { id: "config/plain-to-tls-port" },
    answers: "own(500)",
    reason: "A connection that ends before a head is whole leaves no status, which becomes a 500 of lighttpd's own.",
    source: "src/response.c: http_response_backend_done",
  },
];

export const dialect: Dialect = {
  rows: [...connections, ...bodies, ...malformed, ...settings].map((row) => ({ ...row, versions })),
};
