import { dialectOf, type Row } from "../node/dialect-of.ts";
import { client, codings } from "../node/rows-client.ts";
import { httpxy } from "../node/rows-httpxy.ts";
import { inactive, looping, noConnectTimer } from "../node/rows-timers.ts";
import { statuses } from "./dialect-statuses.ts";

const fields = "The fields of the origin's response have been set already, and the error's status goes out with them";
const copied = "httpxy/dist/index.mjs: webOutgoingMiddleware; dist/plugins/default/error-response-plugin.js";

const bodies: readonly Row[] = [
  {
    on: { id: "crash/reset-mid-body" },
    answers: ["hang", "silent"],
    reason:
      "The error ends the request before it ends the response: “Error occurred while trying to proxy: ” and the URL are " +
      "written into the body under way, which wants 60 octets. With 21 octets of host and port they are as many, and the " +
      "message looks whole; with fewer the client waits for the rest. Of 20 runs 18 and 2: addresses differ.",
    source: "dist/plugins/default/error-response-plugin.js: res.end",
  },
  {
    on: { glob: "malformed/{chunk-size-not-hex,chunk-size-overflow,trailer-broken}" },
    answers: "relayed(502)",
    reason: `${fields}: 502 for codes that begin with HPE_INVALID.`,
    source: copied,
  },
  {
    on: { glob: "malformed/{chunk-extension-endless,chunk-without-crlf}" },
    answers: "relayed(500)",
    reason: `${fields}: 500 for codes that do not stand in the table.`,
    source: copied,
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: ["relayed(500)", "silent"],
    reason:
      `${fields}: 500 for codes that do not stand in the table; or, when the trailer has come in pieces and the response ` +
      "has begun, the page is written behind the body, and the last chunk makes a whole message of that. Of 20 runs 18 and 2.",
    source: copied,
  },
  {
    on: { id: "malformed/body-on-head" },
    answers: [{ claim: "relayed(502)" }, { claim: "relayed(502)" }],
    reason: `The content after a HEAD is taken for a broken second response, an error. ${fields}.`,
    source: `${copied}; lib/_http_client.js: socketOnData`,
  },
  {
    on: { id: "malformed/body-on-204" },
    answers: [{ claim: "hang" }, { claim: "hang" }],
    admits: ["octets behind the 204"],
    reason:
      `The content after the 204 is taken for a broken second response, an error. ${fields}: the Content-Length is the ` +
      "origin's, and longer than the page, so that the client waits for the rest.",
    source: `${copied}; lib/_http_client.js: socketOnData`,
  },
];

const upgrades: readonly Row[] = [
  {
    on: { glob: "upgrade/{never-answers,reset}" },
    answers: "closed",
    reason: "An upgrade that fails is not answered: the client's socket is destroyed.",
    source: "dist/plugins/default/error-response-plugin.js: isSocketLike",
  },
];

/** Measured on http-proxy-middleware 4.2.2, which stands on httpxy 0.5.6. */
export const dialect = dialectOf(
  ">=4.2 <4.3",
  bodies,
  upgrades,
  httpxy,
  client,
  codings,
  noConnectTimer("own(500)"),
  inactive("own(504)"),
  looping("own(504)"),
  statuses,
);
