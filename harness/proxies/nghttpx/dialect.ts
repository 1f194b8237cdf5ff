import type { Dialect, DialectRow } from "../../dialect.ts";

/** What every row was measured on: nghttpx 1.52.0, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=1.52 <1.53";

type Row = Omit<DialectRow, "versions">;

const dropped = "src/shrpx_https_upstream.cc: HttpsUpstream::downstream_error, -1 once a head has been parsed";
const readTimer = "src/shrpx_connection.cc: Connection::expired_rt; there is no option for a total time";
const atOnce =
  "A body that breaks in the same read in which its head came ends the exchange at once: what waits to be written to " +
  "the client, the head included, is thrown away with its connection.";
const lenient = "third-party/llhttp, built without LLHTTP_STRICT_MODE";

const pools: readonly Row[] = [
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { clean: 6 } },
    waives: ["request-read"],
    reason:
      "An upstream that cannot be connected to is always followed by the next one, for any method; no option prevents it.",
    source: "src/shrpx_http_downstream_connection.cc: retry_downstream_connection",
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { "own(502)": 2, clean: 28 } },
    reason:
      "An upstream that cannot be connected to is always followed by the next one: only the two requests are lost of " +
      "which an upstream dies.",
    source: "src/shrpx_http_downstream_connection.cc: retry_downstream_connection",
  },
  {
    on: { id: "pool/post-not-repeated" },
    remedied: true,
    answers: { tally: { "own(502)": 2, clean: 2 } },
    waives: ["request-read"],
    reason:
      "Only a connect is tried elsewhere: a request whose head has been written is never repeated, a GET neither.",
    source: "src/shrpx_http_downstream_connection.cc: retry_downstream_connection asserts that no head has been sent",
  },
];

const bodies: readonly Row[] = [
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason:
      "A body that ends with its connection is relayed as such, and the connection to the client is closed with FIN " +
      "whatever befell the one to the upstream: an RST there looks like the end of the body.",
    source: `${dropped}, and the client's handler is deleted`,
  },
  {
    on: { id: "slow/dripping-head" },
    answers: "clean",
    at: "never",
    reason: "The read timer begins anew with every octet, so that a head may take as long as it likes.",
    source: readTimer,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "The read timer begins anew with every interim response, so that nothing ends the wait.",
    source: readTimer,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "Nothing bounds a whole exchange, and the read timer begins anew with every chunk.",
    source: readTimer,
  },
];

const heads: readonly Row[] = [
  {
    on: { id: "malformed/body-on-204" },
    answers: "own(502)",
    admits: ["octets behind the 204"],
    reason: "A 204 that announces content is refused: what stands behind a head is the content of nghttpx's own 502.",
    source: "src/shrpx_http_downstream_connection.cc: htp_hdrs_completecb",
  },
  {
    on: { id: "malformed/coding-chunked-twice" },
    admits: ["the coding named twice"],
    reason: "Transfer-Encoding fields are relayed as they are, each of them; the chunks are taken off and put on once.",
    source: "src/http2.cc: build_http1_headers_from_headers strips it for HTTP/1.0 clients alone",
  },
  {
    on: { id: "malformed/field-name-empty" },
    answers: "clean",
    reason: "A field without a name passes the parser and is left out of the relayed head.",
    source: `${lenient}; src/http2.cc: build_http1_headers_from_headers`,
  },
  {
    on: { id: "malformed/field-name-with-space" },
    answers: "clean",
    reason: "A space may stand in a field name, and is relayed.",
    source: lenient,
  },
  {
    on: { id: "malformed/space-before-colon" },
    admits: ["the space before the colon", "the field, with the space taken away"],
    reason: "A space before the colon counts as part of the name, and is relayed.",
    source: lenient,
  },
  {
    on: { id: "malformed/status-zero" },
    answers: "relayed(0)",
    reason: "Any status below 1000 is a status; this one is relayed as a single 0.",
    source: "third-party/llhttp: on_status_code; src/http2.cc: stringify_status",
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason:
      "A 101 that nobody asked for is relayed as an interim response; the parser stops at it, and an own 502 follows, " +
      "which a client that believes the 101 takes for the other protocol.",
    source: "src/shrpx_http_downstream_connection.cc: htp_hdrs_completecb, process_input (HPE_PAUSED_UPGRADE)",
  },
];

const framing: readonly Row[] = [
  {
    on: { glob: "malformed/{chunk-size-not-hex,chunk-size-overflow,chunk-without-crlf,trailer-broken}" },
    answers: "closed",
    reason: atOnce,
    source: dropped,
  },
  {
    on: { glob: "{malformed/{chunk-extension-endless,trailer-endless},crash/close-mid-body-burst}" },
    answers: ["closed", "cut"],
    reason: `${atOnce} Where the end comes a moment later the head has gone out: in 20 runs each, 14, 7 and 15 times.`,
    source: dropped,
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: "relayed(508)",
    reason: "Via is written but never read: the request goes round until the other hop gives up.",
    source: "src/shrpx_http_downstream_connection.cc: push_request_headers",
  },
];

export const dialect: Dialect = {
  rows: [...pools, ...bodies, ...heads, ...framing, ...settings].map((row) => ({ ...row, versions })),
};
