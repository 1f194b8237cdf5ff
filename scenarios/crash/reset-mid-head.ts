import { pause, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets in the middle of the header section",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), send("HTTP/1.1 200 OK\r\nX-Origin: {nonce}\r\nContent-Le"), pause(100), rst())],
  claim: "own",
  never: { "a field of the head that never ended": /X-Origin/i },
  proof: [
    { act: "sent", times: 1 },
    { act: "rst", times: 1 },
  ],
  story: {
    symptom:
      "A 502 a moment after the backend began to answer; the proxy's log speaks of a reset, not of an early close.",
    why: "The first fields have arrived and been read when RST ends the connection. (Sent at once, the RST would have thrown them away, and the fault would look like a reset after the request; hence the pause.) What was read is worthless without the empty line.",
    evidence: [
      "tcpdump -nA -i any 'tcp port 8080'   # half a head, then Flags [R.]",
      "curl -v http://app:8080/   # < HTTP/1.1 200 OK … Recv failure: Connection reset by peer",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
    ],
    remedy:
      "FIN or RST tells two stories: a process that ended in order, or one that aborted its connection. Here look for SO_LINGER 0, a crash with unread input, or a middlebox.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9112 §8"],
} satisfies Scenario;
