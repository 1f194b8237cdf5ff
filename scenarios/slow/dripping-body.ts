import { body, head } from "../../harness/faults/content.ts";
import { drip, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The body comes in small pieces, each within the idle timer",
  upstreams: [
    wire(
      readRequest(),
      send(head("200 OK", { "X-Body": 100, "Content-Length": 100 })),
      drip(body(100), ({ idle }) => idle / 3, 15),
    ),
  ],
  // The gaps are told in terms of the run's own timers.
  plan: { timers: (run) => run },
  claim: "clean",
  proof: [{ act: "dripping", times: 1 }],
  story: {
    symptom: "A slow but steady download, twice as long as any timer, and complete.",
    why: "Fifteen octets, a third of the idle timer's time, fifteen octets. As long as something moves the proxy must not give up: the idle timer starts anew with each read. A proxy that ends this one counts the whole body against a timer that was meant for silence.",
    evidence: [
      "curl -N --trace-time --trace-ascii - http://gateway/   # data in small pieces, evenly spaced",
      "curl -so /dev/null -w '%{size_download} %{time_total}\\n' http://gateway/   # everything, late",
      "Server-sent events and log tails look like this on the wire",
    ],
    remedy:
      "Nothing is broken. For live streams switch the proxy's response buffering off for the route, or the pieces arrive in lumps.",
  },
  spec: ["RFC 9112 §6.3"],
} satisfies Scenario;
