import type { Dialect } from "../../dialect.ts";
import { malformed } from "./dialect-malformed.ts";
import { lazyTimers, type Row } from "./dialect-row.ts";

/** What every row was measured on: nginx 1.22.1, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=1.22 <1.23";

const names: readonly Row[] = [
  {
    on: { cause: "dns_timeout" },
    answers: "own(502)",
    reason: "Whatever ails the resolution of a name, its time running out included, becomes the same 502.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_resolve_handler",
  },
  {
    on: { id: "dns/moved" },
    answers: [{ claim: "clean" }, { claim: ["own(502)", "clean"] }],
    reason:
      "An answer counts until the running second of the clock has ended, even with a TTL of 0, so that the second " +
      "request still goes to the old address, unless a new second has just begun.",
    source: "src/core/ngx_resolver.c: rn->valid >= ngx_time()",
  },
];

const limits: readonly Row[] = [
  {
    on: { cause: "connection_limit_reached" },
    answers: "own(502)",
    reason: "An upstream with all its connections in use counts as none: “no live upstreams”, which is a 502.",
    source: "src/http/ngx_http_upstream.c: ngx_http_upstream_connect, NGX_BUSY becomes NGX_HTTP_UPSTREAM_FT_NOLIVE",
  },
];

const bodies: readonly Row[] = [
  {
    on: { id: "slow/dripping-body" },
    answers: ["cut", "clean"],
    waives: ["dripped"],
    reason:
      "The read timer runs out up to 300 ms early when it has been begun anew, so that one of 300 ms counts from the " +
      "first read and breaks off a body that is steadily coming; a longer one lets it pass.",
    source: lazyTimers,
  },
  {
    on: { id: "slow/endless-body" },
    answers: ["cut", "hang"],
    at: "never",
    reason:
      "No timer bounds a whole exchange. A read timer of 300 ms ends this one because it is not begun anew in time; " +
      "with a longer one it goes on for as long as the client stays.",
    source: `ngx_http_proxy_module has no such directive; ${lazyTimers}`,
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(504)"],
    reason: "Nothing notices a loop: the request goes round until the other hop gives up, or a read timer on the way.",
    source: "ngx_http_proxy_module neither adds Via nor reads it",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(404)",
    reason: "A location without proxy_pass serves files, and there are none.",
    source: "src/http/modules/ngx_http_static_module.c",
  },
];

export const dialect: Dialect = {
  rows: [...names, ...malformed, ...limits, ...bodies, ...settings].map((row) => ({ ...row, versions })),
};
