import { respond } from "../../harness/faults/respond.ts";
import { fin, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { goingAway, message, switching } from "../../harness/faults/web-socket.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets the connection on the WebSocket handshake",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), rst())],
  asks: [{ upgrade: "websocket", path: "/socket" }],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "rst", times: 1 },
  ],
  remedy: {
    upstreams: [wire(respond(switching), send(message("hello"), goingAway()), fin())],
    claim: "relayed(101)",
    proof: [
      { act: "request-read", times: 1 },
      { act: "message", times: 1 },
    ],
  },
  story: {
    symptom: "Pages load, live updates do not; 502 for every wss:// address and for nothing else.",
    why: "Until the 101 is there, the handshake is an ordinary GET and can be answered with an ordinary 502. In many a program an upgrade takes another path through the code than a request, with error handling of its own or none: with http-proxy, a reset just here ended the whole process as an uncaught exception.",
    evidence: [
      "curl -v -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' http://app:8080/socket   # curl: (56) Recv failure: Connection reset by peer",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
      "node, of the proxy: Uncaught Error: read ECONNRESET",
    ],
    remedy:
      "Look for what the backend does on `upgrade`: a handler that throws, or a server without one behind a strict firewall.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §7.8"],
} satisfies Scenario;
