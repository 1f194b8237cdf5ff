import { dialectOf, type Row } from "../node/dialect-of.ts";
import { client, codings } from "../node/rows-client.ts";
import { noTarget, oneStatus } from "../node/rows-handler.ts";
import { httpxy } from "../node/rows-httpxy.ts";
import { inactive, looping, noConnectTimer } from "../node/rows-timers.ts";

const bodies: readonly Row[] = [
  {
    on: { id: "crash/reset-mid-body" },
    answers: "hang",
    reason:
      "The error ends the request before it ends the response: the catch of the README writes its 35 octets into the " +
      "body under way, which wants 60, and ends it. The client waits for the rest.",
    source: "README, “Proxy error: ”; dist/index.mjs: createErrorHandler",
  },
  {
    on: { glob: "malformed/{chunk-without-crlf,trailer-broken,trailer-endless}" },
    answers: "silent",
    reason:
      "The error ends the request before it ends the response: the catch of the README writes its text behind the body " +
      "and ends it, and the last chunk makes a whole message of that.",
    source: "README, “Proxy error: ”; dist/index.mjs: createErrorHandler",
  },
  {
    on: { glob: "malformed/{chunk-extension-endless,chunk-size-not-hex,chunk-size-overflow}" },
    answers: "relayed(502)",
    reason: "The fields of the origin's response have been set already, and the 502 of the README goes out with them.",
    source: "dist/index.mjs: webOutgoingMiddleware; README, res.statusCode",
  },
];

const unawaited =
  "The README calls ws() without waiting for the promise that it returns: a rejection nobody handles ends the process";

const upgrades: readonly Row[] = [
  {
    on: { id: "upgrade/reset" },
    answers: "died",
    reason: `${unawaited}.`,
    source: "README, “WebSocket Proxy”; dist/index.mjs: _createProxyFn",
  },
  {
    on: { id: "upgrade/never-answers" },
    answers: "died",
    reason: `${unawaited}, when upgradeTimeout runs out.`,
    source: "README, “WebSocket Proxy”; dist/index.mjs: setUpgradeTimeout",
  },
  {
    on: { id: "upgrade/dropped" },
    answers: "cut",
    reason: `${unawaited}, and every tunnel with it.`,
    source: "README, “WebSocket Proxy”; dist/index.mjs: _createProxyFn",
  },
];

/** Measured on httpxy 0.5.6. */
export const dialect = dialectOf(
  ">=0.5 <0.6",
  bodies,
  upgrades,
  httpxy,
  client,
  codings,
  noConnectTimer("own(502)"),
  inactive("own(502)"),
  looping("own(502)"),
  oneStatus,
  noTarget,
);
