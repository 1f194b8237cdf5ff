import type { Cause } from "../../cause.ts";
import type { Dialect } from "../../dialect.ts";
import { fetching, type Row } from "./dialect-row.ts";
import { special } from "./dialect-special.ts";

/** What every row was measured on: Varnish 7.1.1, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=7.1 <7.2";

/** Whatever can end a fetch before there is a response. */
const failedFetch: readonly Cause[] = [
  "connection_limit_reached",
  "connection_read_timeout",
  "connection_refused",
  "connection_terminated",
  "connection_timeout",
  "destination_not_found",
  "http_protocol_error",
  "http_response_header_section_size",
  "http_response_header_size",
  "http_response_incomplete",
  "http_response_transfer_coding",
];

const byCause = failedFetch.map(
  (cause): Row => ({
    on: { cause },
    answers: "own(503)",
    reason: "Whatever ails a fetch, the client gets 503 “Backend fetch failed”; why is in the log alone (FetchError).",
    source: `${fetching}: vbf_stp_error`,
  }),
);

export const dialect: Dialect = {
  rows: [...byCause, ...special].map((row) => ({ ...row, versions })),
};
