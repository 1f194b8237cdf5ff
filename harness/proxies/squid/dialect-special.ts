import { type Row, replies } from "./dialect-row.ts";

const responseParser = "src/http/one/ResponseParser.cc: parseResponseFirstLine";

/** What becomes of a scenario for reasons of its own. */
export const special: readonly Row[] = [
  {
    on: {
      glob: "{malformed/{http09,http2-frames,not-http,redis-error,smtp-greeting,ssh-banner,tls-on-plain-port},config/wrong-port}",
    },
    answers: "own(200)",
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9: its bytes become the body of a 200 of Squid's own " +
      "making, with X-Transformed-From.",
    source: responseParser,
  },
  {
    on: { glob: "malformed/{blank-line-first,version-lower-case,version-unknown}" },
    answers: "cut",
    at: "idle",
    reason:
      "Whatever does not begin with a status line is taken for HTTP/0.9, whose body goes on until the backend closes. It " +
      "does not, so that read_timeout breaks the message off.",
    source: responseParser,
  },
  {
    on: { id: "malformed/body-on-204" },
    answers: [{ claim: "relayed(204)" }, { claim: ["relayed(204)", "raw"] }],
    admits: ["octets behind the 204"],
    reason:
      "Octets behind a 204 are relayed behind it. A client that keeps its connection may take them for the beginning of " +
      "the next response.",
    source: `${replies}: HttpStateData::processReplyBody, writeReplyBody`,
  },
  {
    on: { id: "malformed/chunk-extension-endless" },
    answers: "clean",
    reason: "Chunk extensions are read over and dropped, however long.",
    source: "src/http/one/TeChunkedParser.cc: parseChunkExtensions",
  },
  {
    on: { id: "crash/stale-keep-alive-post" },
    answers: "clean",
    waives: ["bytes-read", "rst"],
    reason:
      "What could not be repeated is never sent over a kept connection (server_pconn_for_nonretriable): a POST has a new one.",
    source: "src/FwdState.cc: connectStart, checkRetriable",
  },
  {
    on: { id: "slow/expect-ignored" },
    answers: "hang",
    at: "never",
    reason:
      "While a request's body is still to come, the wait for the backend has client_lifetime for its only timer; and the body " +
      "does not come, since the client waits for the 100 that the backend never sends.",
    source: `${replies}: HttpStateData::sendRequest`,
  },
];
