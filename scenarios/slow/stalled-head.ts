import { readRequest, send, silence } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Half a head, then silence",
  cause: "connection_read_timeout",
  upstreams: [wire(readRequest(), send("HTTP/1.1 200 OK\r\nX-Origin: {nonce}\r\nContent-Le"), silence())],
  claim: "own",
  at: "head",
  never: { "a field of the head that never ended": /X-Origin/i },
  proof: [
    { act: "sent", times: 1 },
    { act: "silent", times: 1 },
  ],
  story: {
    symptom: "504 at the timer, although the backend's first byte came at once and its monitoring looks healthy.",
    why: "Status line and one and a half fields are with the proxy, the rest is not. Time to first byte is fine, time to *last byte of the head* is infinite. The fields that did come must not slip into the proxy's own 504.",
    evidence: [
      "tcpdump -nA -i any 'tcp port 8080'   # one [P.] with half a head, then only keepalives or nothing",
      "curl -v --max-time 5 http://app:8080/   # < HTTP/1.1 200 OK … Operation timed out",
      "ss -tni '( dport = :8080 )'   # at the proxy: lastrcv grows and grows",
      "nginx error log: upstream timed out (110: Connection timed out) while reading response header from upstream",
    ],
    remedy:
      "Look at what lies between two writes of the head: a blocking call in a middleware that adds fields, or lost packets on a path with a broken MTU (small packets pass, the large one never does).",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
