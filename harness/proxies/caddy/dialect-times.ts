import { proxying, type Row, transport } from "./dialect-row.ts";

const hiddenTimeout =
  "An error of the dial is wrapped to be known as one, and the wrapping hides that it is a timeout: it becomes a 502 " +
  "like every other.";

/** What comes of a timer. */
export const times: readonly Row[] = [
  {
    on: { cause: "connection_timeout" },
    answers: "own(502)",
    reason: hiddenTimeout,
    source: `${transport}: DialError; ${proxying}: statusError`,
  },
  {
    on: { id: "tls/stalled-handshake" },
    answers: "own(504)",
    reason: "A handshake is no part of the dial; the error of its timer says what it is, and becomes a 504.",
    source: `net/http/transport.go: tlsHandshakeTimeoutError; ${proxying}: statusError`,
  },
  {
    on: { cause: "dns_timeout" },
    answers: "own(502)",
    reason: `A name is resolved as part of the dial. ${hiddenTimeout}`,
    source: `${transport}: DialError; ${proxying}: statusError`,
  },
  {
    on: { id: "slow/stalled-head" },
    answers: ["own(502)", "own(504)"],
    reason:
      "Two timers end the wait for the rest of a head: that for the head says 504; that for a read ends the head where it " +
      "stands, which is then malformed, a 502. Both are begun within the same millisecond; at equal length, chance decides.",
    source: `${transport}: tcpRWTimeoutConn.Read; net/http/transport.go: persistConn.roundTrip, respHeaderTimer`,
  },
  {
    on: { id: "slow/unread-upload" },
    answers: ["own(502)", "own(504)"],
    reason:
      "The timer of a read runs from the moment the connection is there, while the request is still being written. When it " +
      "ends first the connection is closed under the write, a 502; the write's own timer would say 504.",
    source: `${transport}: tcpRWTimeoutConn.Read; net/http/transport.go: persistConn.readLoop`,
  },
  {
    on: { id: "slow/interim-forever" },
    answers: "own(502)",
    at: "never",
    reason: "Five interim responses are relayed; the sixth is too many.",
    source: "net/http/transport.go: persistConn.readResponse, max1xxResponses",
  },
  {
    on: { id: "slow/endless-body" },
    answers: "hang",
    at: "never",
    reason: "No timer bounds a whole exchange: a body that goes on and on is relayed for as long as the client stays.",
    source: `${transport}: HTTPTransport has no such setting`,
  },
];
