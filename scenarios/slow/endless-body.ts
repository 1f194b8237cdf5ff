import { chunk, head } from "../../harness/faults/content.ts";
import { flood, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The body never ends, and never pauses",
  cause: "http_response_timeout",
  plan: { timers: ({ head }) => ({ total: 2 * head }) },
  upstreams: [
    wire(
      readRequest(),
      send(head("200 OK", { "Transfer-Encoding": "chunked" })),
      flood(chunk("and so on\n"), { every: ({ idle }) => idle / 10 }),
    ),
  ],
  claim: "cut",
  at: "total",
  proof: [{ act: "flooding", times: 1 }],
  story: {
    symptom:
      "Connections that live for hours, deploys that wait for them, a proxy whose memory or connection table fills slowly.",
    why: "Chunk after chunk, each well within the idle timer, and never the last one: a loop without an exit, a log that is followed, a stream that somebody forgot to close. Only a limit on the exchange as a whole ends it, and as the head is long out it can only end as a message broken off.",
    evidence: [
      "curl -N http://gateway/ | pv >/dev/null   # a steady trickle without end",
      "ss -tni '( sport = :8080 )'   # at the backend: bytes_sent grows, the connection is hours old",
      "lsof -p $(pgrep -f 'nginx: worker') | grep -c ESTABLISHED   # grows with every visitor",
    ],
    remedy:
      "Where streams are meant to be endless, exempt their route and bound the number of connections. Everywhere else set a total timer; a proxy that has none needs one in front of it or in the application.",
  },
  spec: ["RFC 9209 §2.3.26", "RFC 9112 §7.1", "RFC 9112 §8"],
} satisfies Scenario;
