import { diesMidBody } from "../../harness/faults/process-dies-mid-body.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application is killed after half the body",
  cause: ["http_response_incomplete", "connection_terminated"],
  upstreams: [diesMidBody()],
  claim: "cut",
  proof: [{ act: "half-sent" }, { act: "child-killed" }, { act: "child-exited" }],
  story: {
    symptom:
      "Downloads that break off, JSON that does not parse; the access log shows 200 with fewer bytes than usual, and no 5xx at all.",
    why:
      "The status line has been relayed before the process dies: no gateway can take it back. All that it can do is to end the connection before the announced length, so that the client knows. " +
      "A gateway that ends the message cleanly passes half a body off as a whole one.",
    evidence: [
      "curl -sS -o /dev/null http://proxy/report   # (18) transfer closed with 60 bytes remaining to read",
      "nginx's error log: “upstream prematurely closed connection while reading upstream”",
      "HAProxy's log: termination state SD-- (server, data)",
      "the access log: bytes sent against Content-Length",
    ],
    remedy:
      "As for any process that is killed; clients must check that messages are complete and ask again, with a Range where that is supported.",
  },
  spec: ["RFC 9112 §8", "RFC 9209 §2.3.18", "RFC 9209 §2.3.8"],
} satisfies Scenario;
