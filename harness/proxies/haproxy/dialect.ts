import type { Dialect } from "../../dialect.ts";
import { connections } from "./dialect-connection.ts";
import { malformed } from "./dialect-malformed.ts";
import type { Row } from "./dialect-row.ts";

/** What every row was measured on: HAProxy 2.6.12, as Debian 12 packages it. Sources are files of that release. */
const versions = ">=2.6 <2.7";

const waiting = "src/http_ana.c: http_wait_for_response";

const reuse: readonly Row[] = [
  {
    on: { glob: "crash/stale-keep-alive-{fin,get,post}" },
    answers: "clean",
    waives: ["bytes-read", "fin", "rst"],
    reason:
      "The first request of a client's connection always gets a connection of its own (“http-reuse safe”, the default), " +
      "so that none that has gone stale is met.",
    source: "doc/configuration.txt: http-reuse",
  },
  {
    on: { id: "crash/stale-keep-alive-get-same" },
    answers: [{ claim: "clean" }, { claim: "closed" }],
    reason:
      "When a request that is not the first of its connection gets no response, the client's connection is closed without " +
      "an answer and without a line in the log, so that the client tries again by itself.",
    source: `${waiting}, TX_NOT_FIRST`,
  },
];

const bodies: readonly Row[] = [
  {
    on: { id: "crash/close-delimited-reset" },
    answers: "silent",
    reason:
      "A body that only the close ends is ended by a FIN, for the reset too: the termination state (SD) tells, the client " +
      "cannot see it.",
    source: "src/mux_h1.c: h1_shutw",
  },
  {
    on: { id: "crash/reset-during-upload" },
    answers: ["own(502)", "closed"],
    reason:
      "A reset that is met by writing the body, before it is by reading the response, ends the exchange without an " +
      "answer (status -1, SD); 42 of 48 runs gave 502.",
    source: "src/stream.c: process_stream, CF_WRITE_ERROR",
  },
  {
    on: { id: "crash/early-refusal-reset" },
    answers: ["relayed(413)", "own(502)", "closed"],
    reason:
      "A reset that is met by writing the body, before the response has been read, ends the exchange without an answer " +
      "(status -1, SD); 41 of 48 runs gave 413.",
    source: "src/stream.c: process_stream, CF_WRITE_ERROR",
  },
  {
    on: { id: "slow/unread-upload" },
    answers: ["closed", "own(504)"],
    reason:
      "“timeout server” runs twice, for the writing of the request and for the reading of the response: the former ends " +
      "the exchange without an answer (status -1, sD), the latter with a 504 (sH); 22 of 24 runs gave no answer.",
    source: `src/stream.c: process_stream, CF_WRITE_TIMEOUT; ${waiting}, CF_READ_TIMEOUT`,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "hang",
    at: "never",
    reason: "Every interim response begins “timeout server” anew, and nothing bounds the wait for the final one.",
    source: `${waiting}, txn->status < 200`,
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "Nothing bounds a whole exchange: as long as octets come, “timeout server” begins anew.",
    source: "doc/configuration.txt: timeout server",
  },
];

const settings: readonly Row[] = [
  {
    on: { id: "config/loop" },
    answers: ["relayed(508)", "own(504)"],
    reason:
      "Nothing notices a loop: the request goes round until the other hop gives up, or “timeout server” on the way.",
    source: "doc/configuration.txt: Via is neither added nor read",
  },
  {
    on: { id: "config/no-upstream" },
    answers: "own(503)",
    reason: "A backend without servers is one whose servers are all down.",
    source: "src/backend.c: assign_server",
  },
];

export const dialect: Dialect = {
  rows: [...connections, ...malformed, ...reuse, ...bodies, ...settings].map((row) => ({ ...row, versions })),
};
