import type { Row } from "./dialect-row.ts";

const finished = "src/response.c: http_response_backend_done; src/http-header-glue.c: http_response_read";
const buffered = "A response is buffered whole (server.stream-response-body, 0 out of the box)";
const cutOff = "src/http-header-glue.c: http_response_backend_error, http_chunk.c: http_chunk_decode_append_data";

const ended: readonly Row[] = [
  {
    on: {
      glob: "crash/{close-before-body,close-mid-body,close-mid-body-burst,close-mid-large-body,process-dies-mid-body}",
    },
    answers: "hang",
    reason:
      "The end of the connection is the end of the response, whatever its Content-Length has promised: what came is " +
      "relayed under that length, and the client's connection is kept open. Only server.max-keep-alive-idle ends the " +
      "wait, after 5 s out of the box.",
    source: finished,
  },
  {
    on: { id: "crash/close-delimited-fin" },
    remedied: true,
    answers: "hang",
    reason:
      "The length that would show the loss is relayed, and what is missing under it is waited for on a connection that " +
      "is kept open.",
    source: finished,
  },
  {
    on: { glob: "crash/{close-mid-chunk,close-delimited-reset}" },
    answers: "silent",
    reason: `${buffered}; what there is of it when the connection ends gets a Content-Length of its own.`,
    source: `${finished}; src/response.c: http_response_write_prepare`,
  },
  {
    on: { id: "crash/close-without-last-chunk" },
    answers: "clean",
    reason: `${buffered}; what there is of it when the connection ends gets a Content-Length of its own.`,
    source: `${finished}; src/response.c: http_response_write_prepare`,
  },
  {
    on: { id: "malformed/late-bad-chunk" },
    answers: "silent",
    reason: `${buffered}; what came before the bad chunk gets a Content-Length of its own.`,
    source: cutOff,
  },
  {
    on: { glob: "malformed/{chunk-extension-endless,chunk-size-not-hex,chunk-size-overflow}" },
    answers: "silent",
    reason: `${buffered}; what came before the bad chunk, nothing at all, gets a Content-Length of its own.`,
    source: cutOff,
  },
  {
    on: { id: "malformed/chunk-without-crlf" },
    answers: "clean",
    reason: `${buffered}; what came before the bad chunk gets a Content-Length of its own.`,
    source: cutOff,
  },
];

const waits: readonly Row[] = [
  {
    on: { id: "slow/stalled-body" },
    answers: "own(500)",
    at: "idle",
    reason: `${buffered}; when the timer ends it, none of it has gone out, and the answer is a 500.`,
    source: "src/gw_backend.c: gw_handle_trigger_hctx_timeout, no 504 once resp_body_started",
  },
  {
    on: { glob: "malformed/length-{negative,not-a-number,overflow,repeated}" },
    answers: "own(500)",
    at: "idle",
    reason:
      "A Content-Length that is no number counts for none: the body goes on until the backend closes, which it does " +
      "not, so that the read timer ends it; as it is buffered whole, none of it has gone out.",
    source: "src/http-header-glue.c: http_response_process_headers, “hope for the best”",
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: `${buffered}, and nothing bounds a whole exchange: the client gets nothing for as long as octets come.`,
    source: "documentation of server.stream-response-body",
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "Each interim response begins the read timer anew, and nothing bounds the wait for the final one.",
    source:
      "src/gw_backend.c: gw_recv_response, r->write_queue.bytes_in; src/http-header-glue.c: http_response_check_1xx",
  },
];

/** What becomes of a body that breaks, or does not end. */
export const bodies: readonly Row[] = [...ended, ...waits];
