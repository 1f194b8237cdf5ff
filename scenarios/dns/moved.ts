import { moves } from "../../harness/faults/dns-moved.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend moves to another address between two requests",
  upstreams: [moves()],
  asks: [{}, {}],
  claim: "clean",
  proof: [
    { act: "moved", times: 1 },
    { act: "probe-refused", times: 2 },
  ],
  story: {
    symptom: "After each rolling replacement of the backend the proxy answers 502 until somebody reloads it.",
    why:
      "The record has a TTL of 0 and changes with the container. A proxy that has resolved the name once, at " +
      "its start or for the first request, goes on connecting to the old address, where nobody listens any " +
      "more.",
    evidence: [
      "dig @resolver backend.test → the new address, TTL 0",
      "nginx: connect() failed (111: Connection refused) … upstream: the old address",
      "nginx -T | grep -E 'resolver|proxy_pass': a name without a variable is resolved at start only",
    ],
    remedy:
      "Make the proxy resolve at run time and heed the TTL (nginx: resolver with a variable in proxy_pass, or " +
      "server … resolve).",
  },
  spec: ["RFC 1035 §3.2.1", "RFC 9110 §15.6.3"],
} satisfies Scenario;
