import type { Row } from "./dialect-of.ts";

const breakingOff =
  "A response that breaks off destroys the client's, and as long as no octet of the body has come, its head has not gone " +
  "out: the connection is closed without a byte.";

/** What httpxy makes of a broken response, by itself and below http-proxy-middleware. */
export const httpxy: readonly Row[] = [
  {
    on: { id: "crash/close-before-body" },
    answers: "closed",
    reason: breakingOff,
    source: "httpxy/dist/index.mjs: proxyRes.on(“close”); lib/_http_outgoing.js: the head goes with the first octets",
  },
  {
    on: { glob: "{crash/close-delimited-reset,malformed/late-bad-chunk}" },
    answers: "silent",
    reason:
      "An error in the body ends the request before it ends the response: whoever answers errors writes a text into the " +
      "body under way and ends it, and the last chunk makes a whole message of that.",
    source: "httpxy/dist/index.mjs: createErrorHandler; lib/_http_outgoing.js: OutgoingMessage.end",
  },
];
