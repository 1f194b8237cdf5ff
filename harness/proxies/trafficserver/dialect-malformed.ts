import type { DialectRow } from "../../dialect.ts";

type Row = Omit<DialectRow, "versions">;

const statusLine = "proxy/hdrs/HTTP.cc: http_parser_parse_resp";

const anyDigits = {
  reason: "A status is whatever digits stand there.",
  source: `${statusLine}, http_parse_status`,
};

const heads: readonly Row[] = [
  { on: { id: "malformed/status-four-digits" }, answers: "relayed(1000)", ...anyDigits },
  { on: { id: "malformed/status-two-digits" }, answers: "relayed(99)", ...anyDigits },
  {
    on: { id: "malformed/version-unknown" },
    answers: "clean",
    reason: "Any digits are a version; the response is relayed as HTTP/1.1.",
    source: statusLine,
  },
  {
    on: { id: "malformed/switching-unasked" },
    answers: "relayed(101)",
    reason: "A 101 is relayed like any response, though it becomes a tunnel only when the client has asked for one.",
    source: "proxy/http/HttpTransact.cc: HttpTransact::handle_response_keep_alive_headers, is_upgrade_request",
  },
  {
    on: { glob: "malformed/field-{name-empty,without-colon}" },
    answers: "clean",
    reason: "A line that is no field is thrown away, and the response relayed without it.",
    source: "proxy/hdrs/MIME.cc: mime_parser_parse, “toss away garbage line”",
  },
  {
    on: { id: "malformed/too-many-fields" },
    answers: "hang",
    reason:
      "Whenever a piece of a head has been parsed, each of its fields is compared with all the others of its name: " +
      "three thousand hold the thread, and every connection that it looks after, for more than a minute.",
    source: "proxy/hdrs/MIME.cc: mime_hdr_sanity_check, seen by a debugger in that function",
  },
  {
    on: { glob: "malformed/coding-{gzip-chunked,unknown}" },
    answers: "own(400)",
    reason:
      "A transfer coding other than chunked is refused with a 502 that the routine for bad requests, which is made to " +
      "answer, does not know: it falls back to its own 400, “Invalid HTTP Request”.",
    source: "proxy/http/HttpSM.cc: state_read_server_response_header, check_hdr_implements; HttpTransact::BadRequest",
  },
  {
    on: { id: "malformed/length-overflow" },
    answers: "cut",
    reason: "Digits of a Content-Length are added up past the end of the integer, and relayed as they came.",
    source: "proxy/hdrs/MIME.cc: mime_parse_int64",
  },
];

const chunks: readonly Row[] = [
  {
    on: { glob: "malformed/chunk-{size-not-hex,size-overflow,without-crlf}" },
    answers: "closed",
    reason:
      "A broken chunk that arrives together with the head ends the exchange before the head has gone out: the " +
      "connection is closed without a byte.",
    source: "proxy/http/HttpTunnel.cc: HttpTunnel::producer_handler_chunked, CHUNK_READ_ERROR",
  },
  {
    on: { id: "malformed/chunk-extension-endless" },
    admits: ["the extension"],
    reason: "Chunks are counted and relayed as they are, with their extensions, however long.",
    source: "proxy/http/HttpTunnel.cc: ChunkedHandler::read_size, ACTION_PASSTHRU",
  },
  {
    on: { id: "malformed/trailer-broken" },
    admits: ["the broken line"],
    reason: "Trailers are searched for their end and nothing else, and relayed as they are.",
    source: "proxy/http/HttpTunnel.cc: ChunkedHandler::read_trailer, ACTION_PASSTHRU",
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: "clean",
    reason: "Trailers are searched for their end and nothing else, and relayed as they are, however long.",
    source: "proxy/http/HttpTunnel.cc: ChunkedHandler::read_trailer, ACTION_PASSTHRU",
  },
];

/** What becomes of a response that breaks HTTP. */
export const malformed: readonly Row[] = [...heads, ...chunks];
