import { forEach, type Row } from "./dialect-of.ts";

const status = {
  answers: "own(502)",
  reason:
    "A timer destroys the request, which is an error like any other (“socket hang up”), and whoever follows the README " +
    "has one status for all of them.",
  source: "README; lib/_http_client.js: ConnResetException “socket hang up”",
} as const;

/** What follows when whatever goes wrong is answered with one 502. */
export const oneStatus: readonly Row[] = forEach(["connection_read_timeout", "dns_timeout"], status);

/** The same, where a timer bounds the connecting too. */
export const oneStatusToConnect: readonly Row[] = forEach(["connection_timeout"], status);

/** The same, for a target that is missing. */
export const noTarget: readonly Row[] = [
  {
    on: { id: "config/no-upstream" },
    answers: "own(502)",
    reason:
      "A missing target is an error like any other, and whoever follows the README has one status for all of them.",
    source: "README",
  },
];

const keptFields =
  "The fields of the origin's response have been set already, and the handler's 502 goes out with them";

/** What follows when that handler is called after the fields have been copied, and has not been told. */
export const leftovers: readonly Row[] = [
  {
    on: {
      glob: "malformed/{chunk-extension-endless,chunk-size-not-hex,chunk-size-overflow,chunk-without-crlf,trailer-broken}",
    },
    answers: "relayed(502)",
    reason:
      `${keptFields}, and its reason phrase too. Where content had been read before, the process dies of ` +
      "“write after end” once it has answered.",
    source: "passes/web-outgoing.js: writeHeaders; web-incoming.js: proxyRes.pipe(res)",
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: ["relayed(502)", "cut"],
    reason:
      `${keptFields}; or, when the trailer has come in pieces and the response has begun, the handler's second head ends ` +
      "the process. Of 40 runs 39 and 1.",
    source: "passes/web-outgoing.js: writeHeaders; lib/_http_server.js: ERR_HTTP_HEADERS_SENT",
  },
  {
    on: { id: "malformed/body-on-head" },
    answers: [{ claim: "relayed(502)" }, { claim: "relayed(502)" }],
    reason: `The content after a HEAD is taken for a broken second response, an error. ${keptFields}.`,
    source: "passes/web-outgoing.js: writeHeaders; lib/_http_client.js: socketOnData",
  },
  {
    on: { id: "malformed/body-on-204" },
    answers: [{ claim: "hang" }, { claim: "hang" }],
    admits: ["octets behind the 204"],
    reason:
      `The content after the 204 is taken for a broken second response, an error. ${keptFields}: the Content-Length ` +
      "is the origin's, and longer than the handler's page, so that the client waits for the rest.",
    source: "passes/web-outgoing.js: writeHeaders; lib/_http_client.js: socketOnData",
  },
];

/** What follows when that handler writes its head though the response's own has gone out: it kills the process. */
export const secondHead: readonly Row[] = [
  {
    on: { glob: "{crash/{close-delimited-reset,reset-mid-body},malformed/late-bad-chunk}" },
    answers: "cut",
    reason:
      "An error in the body reaches the handler too, whose writeHead throws, since the head has gone out. Nobody catches " +
      "that: the process dies, and it is the kernel that breaks the message off, and all others with it.",
    source: "lib/_http_server.js: ServerResponse.writeHead, ERR_HTTP_HEADERS_SENT",
  },
];

/** What follows when that handler is given the socket of an upgrade for a response: it kills the process. */
export const socketForResponse: readonly Row[] = [
  {
    on: { id: "upgrade/reset" },
    answers: "died",
    reason:
      "The handler of the README takes a response; for an upgrade it is given the client's socket, which has no " +
      "writeHead. Nobody catches the TypeError: the process dies.",
    source: "README, “error”; lib/http-proxy/passes/ws-incoming.js: onOutgoingError",
  },
  {
    on: { id: "upgrade/dropped" },
    answers: "cut",
    reason:
      "The handler of the README takes a response; for an upgrade it is given the client's socket, which has no " +
      "writeHead. Nobody catches the TypeError: the process dies, and every tunnel with it.",
    source: "README, “error”; lib/http-proxy/passes/ws-incoming.js: onOutgoingError",
  },
  {
    on: { id: "upgrade/never-answers" },
    answers: "hang",
    at: "never",
    reason: "proxyTimeout is for ordinary requests; nothing bounds the wait for an answer to an upgrade.",
    source: "passes/ws-incoming.js: stream",
  },
];
