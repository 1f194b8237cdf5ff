import { dialectOf, type Row } from "../node/dialect-of.ts";
import { client } from "../node/rows-client.ts";
import {
  leftovers,
  noTarget,
  oneStatus,
  oneStatusToConnect,
  secondHead,
  socketForResponse,
} from "../node/rows-handler.ts";
import { pipeAfterTimer, plainPipe } from "../node/rows-pipe.ts";
import { inactive, looping } from "../node/rows-timers.ts";

const own: readonly Row[] = [
  {
    on: { id: "malformed/coding-gzip-chunked" },
    answers: "clean",
    admits: ["compressed octets whose coding nobody names any more"],
    reason: "The whole of Transfer-Encoding is taken off, and the gzip below the chunks is relayed unnamed.",
    source: "dist/lib/http-proxy/passes/web-outgoing.js: removeChunked",
  },
  {
    on: { id: "malformed/coding-unknown" },
    answers: "clean",
    admits: ["a message that ends with the connection"],
    reason:
      "The whole of Transfer-Encoding is taken off, and the body, which ends with the connection, is relayed in chunks.",
    source: "dist/lib/http-proxy/passes/web-outgoing.js: removeChunked",
  },
];

/** Measured on http-proxy-3 2.0.1. */
export const dialect = dialectOf(
  ">=2.0 <2.1",
  own,
  client,
  inactive("own(502)"),
  looping("own(502)"),
  oneStatus,
  noTarget,
  oneStatusToConnect,
  leftovers,
  secondHead,
  socketForResponse,
  plainPipe("dist/lib/http-proxy/passes/web-incoming.js: proxyRes.pipe(res)"),
  pipeAfterTimer("dist/lib/http-proxy/passes/web-incoming.js: proxyRes.pipe(res)"),
);
