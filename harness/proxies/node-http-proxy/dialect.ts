import { dialectOf, type Row } from "../node/dialect-of.ts";
import { client, codings } from "../node/rows-client.ts";
import { leftovers, oneStatus, secondHead, socketForResponse } from "../node/rows-handler.ts";
import { pipeAfterTimer, plainPipe } from "../node/rows-pipe.ts";
import { inactive, looping, noConnectTimer } from "../node/rows-timers.ts";

const own: readonly Row[] = [
  {
    on: { id: "config/no-upstream" },
    answers: "died",
    reason:
      "The error “Must provide a proper URL as target” is told without a request and a response, and the handler of the " +
      "README writes to that response: the process dies of a TypeError.",
    source: "lib/http-proxy/index.js: createRightProxy",
  },
  {
    on: { id: "upgrade/refused" },
    answers: "cut",
    reason: "A chunked refusal is relayed with its Transfer-Encoding, but without the chunks.",
    source: "lib/http-proxy/passes/ws-incoming.js: res.pipe(socket)",
  },
];

/** Measured on http-proxy 1.18.1. */
export const dialect = dialectOf(
  ">=1.18 <1.19",
  own,
  client,
  codings,
  noConnectTimer("own(502)"),
  inactive("own(502)"),
  looping("own(502)"),
  oneStatus,
  leftovers,
  secondHead,
  socketForResponse,
  plainPipe("lib/http-proxy/passes/web-incoming.js: proxyRes.pipe(res)"),
  pipeAfterTimer("lib/http-proxy/passes/web-incoming.js: proxyRes.pipe(res)"),
);
