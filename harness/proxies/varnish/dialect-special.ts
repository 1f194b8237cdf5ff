import { fetching, framing, type Row } from "./dialect-row.ts";

const failed = "A fetch that fails is a 503, whatever ails it.";
const failing = `${fetching}: vbf_stp_error`;

const counted: readonly Row[] = [
  {
    on: { id: "exhaustion/connection-limit" },
    answers: { tally: { "own(503)": 3, clean: 2 } },
    reason: failed,
    source: failing,
  },
  {
    on: { id: "pool/flapping" },
    answers: [{ claim: { tally: { "own(503)": [1, 3], clean: [11, 13] } } }, { claim: "clean" }, { claim: "clean" }],
    reason: failed,
    source: failing,
  },
  {
    on: { id: "pool/one-of-two-dead" },
    answers: { tally: { "own(503)": 3, clean: 3 } },
    reason: failed,
    source: failing,
  },
  {
    on: { id: "pool/rolling-restart" },
    answers: { tally: { "own(503)": [7, 9], clean: [21, 23] } },
    reason: failed,
    source: failing,
  },
];

const responseHead = "bin/varnishd/http1/cache_http1_fetch.c: V1F_FetchRespHdr";
const interimReason =
  "An interim response is taken for the final one; that there can be no body with it counts as a failed fetch.";

const heads: readonly Row[] = [
  {
    on: { id: "control/interim" },
    answers: "own(503)",
    admits: ["an answer without the 103 and its Link ahead of it"],
    reason: interimReason,
    source: responseHead,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "own(503)",
    at: "never",
    reason: interimReason,
    source: responseHead,
  },
  {
    on: { id: "malformed/body-on-204" },
    answers: "own(503)",
    admits: ["octets behind the 204"],
    reason: "A 204 with a Content-Length has a body that there cannot be, which counts as a failed fetch.",
    source: responseHead,
  },
  {
    on: { glob: "malformed/version-{lower-case,unknown}" },
    answers: "clean",
    reason: "Letters of either case and any version from 1.0 on will do; the response is relayed as HTTP/1.1.",
    source: `${framing}: HTTP1_DissectResponse; bin/varnishd/cache/cache_http.c: http_Proto`,
  },
  {
    on: { id: "malformed/length-conflict" },
    answers: "cut",
    reason:
      "Of two Content-Length fields the first counts, and both are relayed: the client's parser refuses the message.",
    source: "bin/varnishd/cache/cache_http.c: http_GetContentLength",
  },
];

const failedBefore = "bin/varnishd/cache/cache_req_fsm.c: cnt_fetch, OC_F_FAILED";
const racing = `${failedBefore}; bin/varnishd/cache/cache_obj.c: ObjExtend, ObjWaitExtend`;

const bodies: readonly Row[] = [
  {
    on: { id: "malformed/broken-gzip" },
    answers: ["cut", "own(503)", "silent"],
    admits: ["the name of the coding"],
    reason:
      "Varnish unpacks gzip for a client that has not asked for it. What is no gzip fails the fetch: a 503 where the head " +
      "is still to be relayed, a cut or a message that is whole and empty where it was just before. Chance decides: of 40 they were 24, 13 and 3.",
    source: `${fetching}: vbf_stp_fetchbody; ${failedBefore}`,
  },
  {
    on: { glob: "malformed/chunk-{extension-endless,size-not-hex,size-overflow,without-crlf}" },
    answers: ["own(503)", "cut", "silent"],
    reason:
      "A body that fails at once races with the client's side, which answers 503 when it finds the fetch failed, breaks off " +
      "when that happens while it relays, and between the two ends the message as if it were whole. Chance decides: of 160 " +
      "they were 95, 57 and 8.",
    source: racing,
  },
  {
    on: { id: "malformed/trailer-endless" },
    answers: ["own(503)", "cut", "clean"],
    reason:
      "The same race, after a body that is whole: what is ended in between lacks nothing. Chance decides: of 40 they were 8, " +
      "31 and 1.",
    source: racing,
  },
  {
    on: { id: "crash/close-mid-large-body" },
    answers: ["cut", "own(503)"],
    reason:
      "The client's side begins to relay once it notices that the fetch has a head. When the fetch has failed by then, it " +
      "answers 503 in its place. Chance decides: once in 25.",
    source: failedBefore,
  },
  {
    on: { id: "malformed/bytes-after-response" },
    answers: [{ claim: "clean" }, { claim: "clean" }, { claim: "own(503)" }],
    admits: ["an answer from the connection that ran over"],
    reason:
      "Octets behind a response are thrown away, and the connection is kept: the next request goes over it, and the one " +
      "after it too, which here nobody answers any more.",
    source: "bin/varnishd/cache/cache_session.c: HTC_RxPipeline; bin/varnishd/http1/cache_http1_vfp.c: v1f_read",
  },
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(503)"],
    reason:
      "Nothing notices a loop: the request goes round until the other hop gives up, or first_byte_timeout on the way.",
    source: "bin/varnishd/cache/cache_http.c: http_ForceHeader adds Via, nobody reads it",
  },
];

const times: readonly Row[] = [
  {
    on: { id: "slow/dripping-head" },
    answers: "clean",
    reason:
      "first_byte_timeout ends with the first octet; from then on between_bytes_timeout begins anew with each read, so that " +
      "nothing bounds the head as a whole.",
    source: responseHead,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "No timer bounds a whole exchange: a body that goes on and on is relayed for as long as the client stays.",
    source: "include/tbl/params.h has no such parameter",
  },
  {
    on: { id: "slow/unread-upload" },
    answers: "hang",
    at: "never",
    reason: "No timer bounds the writing of a request to a backend.",
    source: "bin/varnishd/http1/cache_http1_fetch.c: V1F_SendReq, “need a send_timeout for the backend side”",
  },
  {
    on: { glob: "upgrade/{never-answers,reset}" },
    answers: "closed",
    at: "never",
    reason:
      "A request to upgrade is piped: the two connections become one, and what ends one of them ends the other. A backend " +
      "that says nothing is bounded by pipe_timeout alone, which holds for the whole program.",
    source: "bin/varnishd/http1/cache_http1_pipe.c: V1P_Process",
  },
];

/** What becomes of a scenario for reasons of its own. */
export const special: readonly Row[] = [...counted, ...heads, ...bodies, ...times];
