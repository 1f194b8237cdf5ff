import type { ClaimWord } from "../../outcome.ts";
import type { Row } from "./dialect-of.ts";

const inactivity = "lib/net.js: Socket.setTimeout, _unrefTimer begins anew with every read and write";

/**
 * What follows when the one timer is that of a socket, which counts inactivity.
 * @param answer to a request that this timer ends
 */
export function inactive(answer: ClaimWord): readonly Row[] {
  return [
    {
      on: { id: "slow/dripping-head" },
      answers: "clean",
      reason: "The timer counts inactivity: an octet of the head, now and then, keeps it from running out.",
      source: inactivity,
    },
    {
      on: { id: "slow/interim-forever" },
      answers: "hang",
      at: "never",
      reason: "The timer counts inactivity: interim responses keep it from running out, and nothing else counts.",
      source: inactivity,
    },
    {
      on: { id: "slow/endless-body" },
      answers: "hang",
      at: "never",
      reason: "No timer bounds a whole exchange: the body goes on for as long as the client stays.",
      source: inactivity,
    },
    {
      on: { id: "tls/stalled-handshake" },
      answers: answer,
      at: "never",
      reason:
        "No timer bounds the handshake; the socket's inactivity does. The request waits to be encrypted, and as long as " +
        "something waits to be written the first end of the timer only begins it anew.",
      source: "lib/net.js: Socket._onTimeout, lastWriteQueueSize",
    },
    {
      on: { id: "slow/unread-upload" },
      answers: answer,
      at: "never",
      reason:
        "No timer bounds the writing; the socket's inactivity does. Its first end only begins it anew when less waits " +
        "to be written than at the end before.",
      source: "lib/net.js: Socket._onTimeout, lastWriteQueueSize",
    },
  ];
}

const unconnected = "lib/_http_client.js: setSocketTimeout, socket.connecting";

/** What follows when nothing bounds the connecting either. @param answer to a connect that fails */
export function noConnectTimer(answer: ClaimWord): readonly Row[] {
  return [
    {
      on: { cause: "connection_timeout" },
      answers: "hang",
      at: "never",
      reason: "The timer begins once the socket has connected; until then only the kernel's patience ends, in minutes.",
      source: unconnected,
    },
    {
      on: { id: "container/restarted" },
      answers: [{ claim: answer }, { claim: "clean" }],
      at: "never",
      reason:
        "The timer begins once the socket has connected; until then only the kernel's patience ends, here after three " +
        "seconds: nobody answers its question who has the address (EHOSTUNREACH).",
      source: unconnected,
    },
  ];
}

/** Nobody notices a loop. @param answer of the proxy when a timer ends a round before the other hop gives up */
export function looping(answer: ClaimWord): readonly Row[] {
  return [
    {
      on: { id: "config/loop" },
      answers: ["relayed(508)", answer],
      reason: "Nothing notices a loop: the request goes round until the other hop gives up, or a timer on the way.",
      source: "neither adds Via nor reads it",
    },
  ];
}
