import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The upstream is a Redis, which does not know the command GET /",
  cause: "http_protocol_error",
  upstreams: [wire(readRequest(), send("-ERR unknown command\r\n"), fin())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "sent", times: 1 },
  ],
  story: {
    symptom: "A quick and steady 502, and in the Redis log a warning of a possible attack, at the same second.",
    why: "Redis reads a request line as an inline command: GET, a word of its own language, then two arguments. The answer is an error in RESP, which begins with a minus sign and is a single short line. A parser that waits for a longer line, or for an empty one, sits there until its timer and turns a plain 502 into a puzzling 504.",
    evidence: [
      "printf 'GET / HTTP/1.1\\r\\n' | nc -w 1 app 6379   # -ERR …",
      "redis-cli -h app ping   # PONG: that is what lives there",
      "redis log: Possible SECURITY ATTACK detected. It looks like somebody is sending POST or Host: commands to Redis.",
    ],
    remedy:
      "Point the upstream to the web application. And close that Redis to the proxy's network: what a proxy can reach, a forged request may reach too.",
  },
  spec: ["RFC 9112 §4", "RFC 9209 §2.3.28"],
} satisfies Scenario;
