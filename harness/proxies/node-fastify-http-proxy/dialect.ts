import { dialectOf, type Row } from "../node/dialect-of.ts";
import { looping } from "../node/rows-timers.ts";
import { statuses } from "./dialect-statuses.ts";
import { upgrades } from "./dialect-upgrades.ts";

const client = "undici/lib/dispatcher/client-h1.js";

const timers: readonly Row[] = [
  {
    on: { glob: "{config/timer-too-short,slow/late-answer}" },
    answers: ["own(504)", "clean"],
    reason:
      "undici's clock ticks every 499 ms, and a timer begins with the tick after: one of half a second runs out between " +
      "0.5 and 1.0 s, by chance before or after the late answer. Of 30 runs 29 and 1.",
    source: "undici/lib/util/timers.js: TICK_MS, PENDING",
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "Every interim response begins the timer anew.",
    source: `${client}: Parser.onHeadersComplete, this.timeout.refresh`,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "No timer bounds a whole exchange: the body goes on for as long as the client stays.",
    source: `${client}: bodyTimeout counts between two reads`,
  },
];

const left =
  "The fields of the origin's response have been set already, its head has not gone out: Fastify answers the error of " +
  "the stream with a 500 that has those fields";
const stream = "fastify/lib/reply.js: sendStream, onErrorHook";

const messages: readonly Row[] = [
  {
    on: { id: "control/interim" },
    admits: ["an answer without the 103 and its Link ahead of it"],
    reason: "An interim response is handed to an onInfo, which the plugin does not give.",
    source: "undici/lib/api/api-request.js: onHeaders, statusCode < 200",
  },
  {
    on: { id: "control/not-modified" },
    answers: [{ claim: "relayed(500)" }, { claim: "relayed(500)" }],
    reason: `undici takes the Content-Length of a 304 for that of a body, which does not come. ${left}.`,
    source: `${client}: Parser.onMessageComplete, ResponseContentLengthMismatchError; ${stream}`,
  },
  {
    on: { glob: "{crash/close-before-body,malformed/chunk-size-not-hex,malformed/chunk-size-overflow}" },
    answers: "relayed(500)",
    reason: `${left}.`,
    source: stream,
  },
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason:
      "A reset counts for the end of a body that has neither a length nor chunks; it is relayed in chunks, whole.",
    source: `${client}: onHttpSocketError, ECONNRESET`,
  },
  {
    on: { id: "malformed/chunk-extension-endless" },
    answers: "clean",
    reason: "Chunk extensions are read over and dropped, however long.",
    source: "undici/deps/llhttp, without the limit that Node sets around its own",
  },
  {
    on: { id: "malformed/coding-gzip-chunked" },
    answers: "clean",
    admits: ["compressed octets whose coding nobody names any more"],
    reason: "The whole of Transfer-Encoding is taken off, and the gzip below the chunks is relayed unnamed.",
    source: "@fastify/reply-from/lib/request.js: delete res.headers['transfer-encoding']",
  },
  {
    on: { id: "malformed/coding-unknown" },
    answers: "clean",
    admits: ["a message that ends with the connection"],
    reason:
      "The whole of Transfer-Encoding is taken off, and the body, which ends with the connection, is relayed in chunks.",
    source: "@fastify/reply-from/lib/request.js: delete res.headers['transfer-encoding']",
  },
  {
    on: { id: "malformed/status-600" },
    answers: "relayed(502)",
    admits: ["the backend's own reason, or none"],
    reason: "A status beyond 599 is refused with a 502 once the fields of the response have been set, which it keeps.",
    source: "@fastify/reply-from/index.js: BadGatewayError after copyHeaders",
  },
  {
    on: { id: "slow/expect-ignored" },
    answers: "own(500)",
    at: "never",
    waives: ["request-head-read", "silent"],
    reason: "A request with Expect is never sent: undici refuses it.",
    source: "undici/lib/core/request.js: NotSupportedError “expect header not supported”",
  },
];

/** Measured on @fastify/http-proxy 11.6.3, with @fastify/reply-from 12.6.5, fastify 5.12.8 and undici 7.30.2. */
export const dialect = dialectOf(">=11.6 <11.7", timers, messages, upgrades, looping("own(504)"), statuses);
