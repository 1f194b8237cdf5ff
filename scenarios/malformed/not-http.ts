import { seededBytes } from "../../harness/faults/seeded-bytes.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The answer is 512 octets of noise",
  cause: "http_protocol_error",
  upstreams: [wire(readRequest(), send(seededBytes(512)), fin())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom:
      "502 on every path. Behind a proxy that still speaks HTTP/0.9 it is worse: browsers offer to download a nameless file of gibberish.",
    why: "A response begins with `HTTP/1.1`, SP and three digits (RFC 9112 §4). Noise has no status line, so there is nothing to relay, and no length by which to find its end. A reader that takes what it cannot parse for a body of HTTP/0.9 hands bytes of an unknown protocol to a browser, which may find a script in them.",
    evidence: [
      "printf 'GET / HTTP/1.1\\r\\nHost: app\\r\\n\\r\\n' | nc -w 2 app 8080 | xxd | head   # no 48 54 54 50 (“HTTP”) at offset 0",
      "curl -v http://app:8080/   # curl: (1) Received HTTP/0.9 when not allowed",
      "nginx error log: upstream sent no valid HTTP/1.0 header while reading response header from upstream",
    ],
    remedy:
      "Find out what really listens on the port (`ss -ltnp`). Typical finds: an encrypted or compressed protocol of the application's own, or a process that writes its log to file descriptor 1, which is the socket.",
  },
  spec: ["RFC 9112 §4", "RFC 9110 §15.6.3", "RFC 9209 §2.3.28"],
} satisfies Scenario;
