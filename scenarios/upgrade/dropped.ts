import { respond } from "../../harness/faults/respond.ts";
import { fin, rst, send, waitFor } from "../../harness/faults/steps.ts";
import { goingAway, message, switching } from "../../harness/faults/web-socket.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A WebSocket is in use when the backend's end is reset",
  upstreams: [wire(respond(switching), send(message("tick"), message("tock")), waitFor("message"), rst())],
  asks: [{ upgrade: "websocket", path: "/socket" }],
  claim: "cut",
  proof: [{ act: "message" }, { act: "rst", times: 1 }],
  remedy: {
    upstreams: [wire(respond(switching), send(message("tick"), message("tock"), goingAway()), fin())],
    claim: "relayed(101)",
    proof: [
      { act: "message", times: 2 },
      { act: "fin", times: 1 },
    ],
  },
  story: {
    symptom: "The ticker stands still, with the last price on it. No error anywhere, and the status light is green.",
    why: "Behind the 101 there is no status any more: what a gateway can tell its client is that the connection has ended. When the backend's side is reset, the client's must go too, at once and without a Close frame, as close code 1006 is how a client learns of a broken connection. A proxy that keeps the client's socket open leaves it listening to nobody, for as long as the operating system pleases.",
    evidence: [
      "socket.onclose = (e) => console.log(e.code, e.wasClean)   // 1006 false; with a Close frame 1001 true",
      "nginx error log: recv() failed (104: Connection reset by peer) while proxying upgraded connection",
      "ss -tn state established '( sport = :443 )'   # must not list clients whose backend is gone",
    ],
    remedy:
      "Clients send pings and reconnect with a random delay. Backends say goodbye (Close 1001) on SIGTERM before they go.",
  },
  spec: ["RFC 6455 §7.1.5", "RFC 6455 §7.4.1", "RFC 9110 §7.8"],
} satisfies Scenario;
