import type { Dialect, DialectRow } from "../../dialect.ts";

/** What every row was measured on: h2o 2.2.5, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=2.2.5 <2.3";

type Row = Omit<DialectRow, "versions">;

const client = "lib/common/http1client.c";
const head = `${client}: on_head`;
const timer = `${client}: h2o_timeout_link with io_timeout, anew for every read`;

const waits: readonly Row[] = [
  ...(["connection_timeout", "connection_read_timeout", "connection_write_timeout"] as const).map(
    (cause): Row => ({
      on: { cause },
      answers: "own(502)",
      reason: "Whatever ails the upstream becomes the same 502, time that has run out included; the body tells which.",
      source: "lib/core/proxy.c: on_connect, on_head, h2o_send_error_502",
    }),
  ),
  {
    on: { id: "slow/dripping-head" },
    answers: "clean",
    at: "never",
    reason: "The timer begins anew with every read: a head may take as long as it likes, if octets keep coming.",
    source: timer,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "The timer begins anew with every interim response, and nothing bounds the wait for the final one.",
    source: timer,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "The timer begins anew with every read, and nothing bounds a whole exchange.",
    source: timer,
  },
];

const dies =
  "A head whose Content-Length is no number, or whose Transfer-Encoding is neither chunked nor identity, is refused " +
  "after the connection has been found fit to be kept; an assertion that it is not ends the process.";

const heads: readonly Row[] = [
  {
    on: {
      glob: "malformed/{coding-gzip-chunked,coding-unknown,length-negative,length-not-a-number,length-overflow,length-repeated}",
    },
    answers: "died",
    reason: dies,
    source: `${client}: on_error_before_head, assert(!client->_can_keepalive)`,
  },
  {
    on: { id: "malformed/length-and-chunked" },
    answers: "silent",
    reason:
      "The length stays beside the chunks and is relayed, so that the client takes the first octets for the whole. The " +
      "two decoders share their memory: the length is taken for what is left of a chunk.",
    source: `${head}, union _body_decoder; lib/core/proxy.c: on_head, H2O_TOKEN_CONTENT_LENGTH`,
  },
  {
    on: { id: "malformed/folded-field" },
    admits: ["the value in one line"],
    reason: "A folded line becomes a field without a name.",
    source: "deps/picohttpparser/picohttpparser.c: parse_headers; lib/core/proxy.c: on_head",
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "relayed(0)",
    reason: "Any three digits are a status code.",
    source: "deps/picohttpparser/picohttpparser.c: PARSE_INT_3",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason: "A 101 is relayed like any response; it becomes a tunnel only when the client has asked for one.",
    source: "lib/core/proxy.c: on_head, is_websocket_handshake",
  },
  {
    on: { id: "control/interim" },
    admits: ["an answer without the 103 and its Link ahead of it"],
    reason: "Interim responses are read, their Links pushed to clients of HTTP/2, and none of them is relayed.",
    source: "lib/core/proxy.c: on_1xx",
  },
  {
    on: { id: "config/head-limit-too-small" },
    answers: "clean",
    reason: "The number of fields is bounded by a constant, 100; the size of a head by nothing.",
    source: `${head}, MAX_HEADERS`,
  },
];

const bodies: readonly Row[] = [
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason: "Whatever ends the connection ends a body that only its end delimits; the last chunk is written for it.",
    source: `${client}: on_body_until_close; lib/handler/chunked.c: send_chunk`,
  },
  {
    on: { id: "crash/close-without-last-chunk" },
    answers: "clean",
    reason: "A connection that ends after a whole chunk ends the body, “browsers appear to ignore a missing 0 chunk”.",
    source: `${client}: on_body_chunked`,
  },
  {
    on: { glob: "malformed/{chunk-size-not-hex,late-bad-chunk}" },
    admits: ["the bad size"],
    reason:
      "What comes with a bad chunk is relayed as it is, in a chunk, and then a broken one, so that the client sees that " +
      "the message is not whole.",
    source: `${client}: on_body_chunked; lib/handler/chunked.c: send_chunk, H2O_SEND_STATE_ERROR`,
  },
  {
    on: { glob: "malformed/{chunk-extension-endless,trailer-endless}" },
    answers: "clean",
    reason: "Chunk extensions and trailers are read over and dropped, however long.",
    source: "deps/picohttpparser/picohttpparser.c: phr_decode_chunked",
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(502)"],
    reason:
      "Via is written but never read: the request goes round until the other hop gives up, or the timer on the way.",
    source: "lib/core/proxy.c: build_request",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(404)",
    reason: "A path without a handler has nothing to offer.",
    source: "lib/core/request.c: h2o_send_error_404",
  },
];

export const dialect: Dialect = {
  rows: [...waits, ...heads, ...bodies, ...settings].map((row) => ({ ...row, versions })),
};
