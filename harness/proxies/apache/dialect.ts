import type { Dialect } from "../../dialect.ts";
import { connections } from "./dialect-connection.ts";
import { malformed } from "./dialect-malformed.ts";
import type { Row } from "./dialect-row.ts";

/** What every row was measured on: httpd 2.4.71, as Debian 12 packages it. Sources are files of httpd 2.4. */
const versions = ">=2.4.71 <2.5";

const response = "modules/proxy/mod_proxy_http.c: ap_proxy_http_process_response";

const waits: readonly Row[] = [
  {
    on: { cause: "connection_read_timeout" },
    answers: "own(502)",
    reason: "A response that does not come in time is a response that cannot be read, a 502 (AH01102).",
    source: response,
  },
  {
    on: { id: "slow/expect-ignored" },
    answers: "own(503)",
    reason: "The client's Expect is handed on, and nothing in answer to it is a 503, “Timeout on 100-Continue”.",
    source: `${response}, do_100_continue`,
  },
  {
    on: { id: "slow/dripping-head" },
    answers: "clean",
    at: "never",
    reason: "The timer counts for each read: a head may take as long as it likes, if octets keep coming.",
    source: "documentation of mod_proxy: timeout",
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "own(502)",
    at: "never",
    reason: "The tenth interim response is one too many: a 502, at whatever time it comes.",
    source: `${response}, AP_MAX_INTERIM_RESPONSES`,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "Nothing bounds a whole exchange: the timer counts for each read.",
    source: "documentation of mod_proxy: timeout",
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(502)"],
    reason: "Nothing notices a loop: the request goes round until the other hop gives up, or the timer on the way.",
    source: "modules/proxy/mod_proxy_http.c: Via is written (ProxyVia), never read",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(503)",
    reason: "A balancer without members has none that is well (AH01171).",
    source: "modules/proxy/mod_proxy_balancer.c: proxy_balancer_pre_request",
  },
];

export const dialect: Dialect = {
  rows: [...connections, ...malformed, ...waits, ...settings].map((row) => ({ ...row, versions })),
};
