import { respond } from "../../harness/faults/respond.ts";
import { fin, readRequest, send, silence } from "../../harness/faults/steps.ts";
import { goingAway, message, switching } from "../../harness/faults/web-socket.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The WebSocket handshake gets no answer",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequest(), silence())],
  asks: [{ upgrade: "websocket", path: "/socket" }],
  claim: "own",
  at: "head",
  proof: [
    { act: "request-read", times: 1 },
    { act: "silent", times: 1 },
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
    symptom:
      "“Connecting …” for a minute, then 504; the browser tries again, and the proxy's table of connections fills.",
    why: "Long silence is normal on a WebSocket, but only behind the 101. Before it the head timer holds as for any request. People who raise or switch off the timeouts of a location “because it is WebSocket” take the one protection away which this case needs: a handshake that nobody answers would then hold two connections for ever.",
    evidence: [
      "curl -m 5 -v -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' http://app:8080/socket   # curl: (28) Operation timed out",
      "nginx error log: upstream timed out (110: Connection timed out) while reading response header from upstream",
      "ss -tn state established '( dport = :8080 )' | wc -l   # climbs with each reload",
    ],
    remedy:
      "Find what the handshake waits for (a lock, a session store). Keep a short head timer, and a long one for the tunnel alone.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §7.8", "RFC 9110 §15.6.5"],
} satisfies Scenario;
