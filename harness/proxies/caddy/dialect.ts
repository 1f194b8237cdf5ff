import type { Dialect } from "../../dialect.ts";
import { bodies } from "./dialect-bodies.ts";
import { heads } from "./dialect-heads.ts";
import type { Row } from "./dialect-row.ts";
import { times } from "./dialect-times.ts";

/** What every row was measured on: Caddy 2.6.2, as Debian 12 builds it. Sources are files of that release, and of Go 1.19. */
const versions = ">=2.6 <2.7";

const routing: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(504)"],
    reason:
      "Nothing notices a loop: the request goes round until the other hop gives up, or until the time for a head is over.",
    source: "modules/caddyhttp/reverseproxy/reverseproxy.go neither adds Via nor reads it",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(503)",
    reason: "A reverse_proxy without upstreams chooses among none: “no upstreams available”, which is a 503.",
    source: "modules/caddyhttp/reverseproxy/reverseproxy.go: proxyLoopIteration",
  },
  {
    on: { id: "pool/connect-failure-repeats-post" },
    answers: { tally: { clean: 1, "own(502)": 1 } },
    waives: ["request-read"],
    reason:
      "A refused connect is tried again at the next upstream whatever the method, but the content is closed by then: Go's " +
      "transport closes it with the failed try, so that the next ends in “invalid Read on closed Body”.",
    source: "modules/caddyhttp/reverseproxy/reverseproxy.go: tryAgain; net/http/transport.go: roundTrip, req.closeBody",
  },
];

export const dialect: Dialect = {
  rows: [...routing, ...times, ...heads, ...bodies].map((row) => ({ ...row, versions })),
};
