import type { Row } from "./dialect-of.ts";

/** What Node's own HTTP client and server make of a message, whatever package stands on them. */
export const client: readonly Row[] = [
  {
    on: { id: "control/interim" },
    admits: ["an answer without the 103 and its Link ahead of it"],
    reason: "An interim response is an “information” event, to which the package does not listen.",
    source: "lib/_http_client.js: parserOnIncomingClient, statusIsInformational",
  },
  {
    on: { id: "malformed/too-many-fields" },
    answers: "clean",
    admits: ["all 3,000 fields", "the field behind them, or another framing"],
    reason: "A client reads a thousand fields and drops the rest, unless it is given a maxHeadersCount.",
    source: "lib/_http_common.js: parserOnHeadersComplete, maxHeaderPairs 2,000",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "hang",
    reason:
      "Nobody listens to the “upgrade” event of the request, so that Node destroys the connection, with neither an " +
      "error nor a response: the client is never answered.",
    source: "lib/_http_client.js: socketOnData, “Requested Upgrade or used CONNECT method, but have no handler.”",
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "died",
    reason: "The parser takes the status 000; the server's writeHead throws it out again, and nobody catches that.",
    source: "lib/_http_server.js: ServerResponse.writeHead, ERR_HTTP_INVALID_STATUS_CODE",
  },
  {
    on: { id: "exhaustion/proxy-pool" },
    answers: [{ claim: "clean" }, { claim: "clean" }],
    waives: ["request-read"],
    reason:
      "Requests beyond an agent's maxSockets wait in it, without bound in number or time, so that the third one is " +
      "served too, when one of the first two is done.",
    source: "lib/_http_agent.js: Agent.addRequest, this.requests",
  },
];

/** The same, for a package that relays the names of transfer codings as they came. */
export const codings: readonly Row[] = [
  {
    on: { id: "malformed/coding-chunked-twice" },
    answers: "clean",
    admits: ["the coding named twice"],
    reason: "The field is relayed as it came, in front of content that is chunked once.",
    source: "lib/_http_outgoing.js: matchHeader, RE_TE_CHUNKED finds the last word",
  },
  {
    on: { id: "malformed/coding-unknown" },
    answers: "hang",
    reason:
      "The parser reads the body up to the end of the connection, and the field is relayed as it came: the response " +
      "has then neither a length nor chunks, and its connection is kept.",
    source: "lib/_http_outgoing.js: OutgoingMessage._storeHeader, state.te without chunked",
  },
];
