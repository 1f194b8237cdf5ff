import { dialectOf, type Row } from "../node/dialect-of.ts";
import { client, codings } from "../node/rows-client.ts";
import { oneStatus, oneStatusToConnect, secondHead } from "../node/rows-handler.ts";
import { plainPipe } from "../node/rows-pipe.ts";
import { inactive, looping } from "../node/rows-timers.ts";

const died =
  "The head has been written when the error comes, writeHead throws at the second one, and nobody catches that: the " +
  "process dies, with the first head still waiting in it for the first octets of the body.";
const twice = "lib/_http_server.js: ServerResponse.writeHead, ERR_HTTP_HEADERS_SENT";

const heads: readonly Row[] = [
  {
    on: {
      glob: "malformed/{chunk-extension-endless,chunk-size-not-hex,chunk-size-overflow,chunk-without-crlf,trailer-broken}",
    },
    answers: "died",
    reason: died,
    source: twice,
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: ["died", "cut"],
    reason: `${died} Where the trailer has come in pieces, the response has begun, and is broken off. Of 20 runs 17 and 3.`,
    source: twice,
  },
  {
    on: { glob: "malformed/body-on-{204,head}" },
    answers: [{ claim: "died" }, { claim: "died" }],
    reason: `The content that should not be there is taken for a broken second response, an error. ${died}`,
    source: `${twice}; lib/_http_client.js: socketOnData`,
  },
  {
    on: { id: "slow/stalled-body" },
    answers: "cut",
    reason:
      "The timer destroys the request with an error of its own; the head has gone out, writeHead throws at the second " +
      "one, and nobody catches that: the process dies, and it is the kernel that breaks the message off.",
    source: twice,
  },
  {
    on: { id: "malformed/status-600" },
    answers: "relayed(600)",
    admits: ["the backend's own reason, or none"],
    reason: "writeHead, when it is given no reason phrase, looks it up, and “unknown” is what it finds.",
    source: "lib/_http_server.js: ServerResponse.writeHead, STATUS_CODES",
  },
];

const upgrade =
  "Without listeners for upgrades the request goes on with its Upgrade field, and at a 101 the client destroys the " +
  "connection, with neither an error nor a response.";
const unheard = "lib/_http_client.js: socketOnData, “Requested Upgrade or used CONNECT method, but have no handler.”";

const upgrades: readonly Row[] = [
  { on: { id: "upgrade/wrong-accept" }, answers: "hang", reason: upgrade, source: unheard },
  { on: { id: "upgrade/dropped" }, answers: "hang", waives: ["message", "rst"], reason: upgrade, source: unheard },
  {
    on: { glob: "upgrade/{dropped,never-answers,reset}" },
    remedied: true,
    answers: "hang",
    waives: ["message"],
    reason: upgrade,
    source: unheard,
  },
];

/** Measured on Node 24.21.0. */
export const dialect = dialectOf(
  ">=24.21 <25",
  heads,
  upgrades,
  client,
  codings,
  inactive("own(502)"),
  looping("own(502)"),
  oneStatus,
  oneStatusToConnect,
  secondHead,
  plainPipe("answer.pipe(response)"),
);
