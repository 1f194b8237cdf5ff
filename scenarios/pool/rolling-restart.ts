import { abruptRestart } from "../../harness/faults/abrupt-restart.ts";
import { drainedRestart } from "../../harness/faults/drained-restart.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backends restart one after the other under traffic",
  cause: ["connection_terminated", "connection_refused"],
  upstreams: [
    abruptRestart("/health", { request: 3, answered: 10 }),
    abruptRestart("/health", { request: 8, answered: 22 }),
  ],
  asks: [{ times: 30 }],
  // Taken in turn: two requests of which a backend dies, two and three that are refused, and the next one of each, by chance.
  claim: { tally: { own: [7, 9], clean: [21, 23] } },
  proof: [
    { act: "ended", upstream: 1 },
    { act: "ended", upstream: 2 },
    { act: "restarted", times: 2 },
  ],
  remedy: {
    plan: { health: { path: "/health", every: 50 } },
    upstreams: [drainedRestart("/health", { turn: 1 }), drainedRestart("/health", { turn: 2 })],
    asks: [
      { times: 10 },
      { after: "draining", times: 10 },
      { after: "restarted", times: 10 },
      { after: "back", times: 10 },
      { after: { act: "restarted", times: 2 }, times: 10 },
      { after: { act: "back", times: 2 }, times: 4 },
    ],
    proof: [
      { act: "probe-refused", upstream: 1 },
      { act: "probe-refused", upstream: 2 },
      { act: "back", times: 2 },
    ],
  },
  racy: "Whether a request meets the port just before or just after the server listens again is chance.",
  story: {
    symptom:
      "A burst of 502s at every deployment, though the backends are restarted one after the other and one of them is always there.",
    why:
      "A process that is just stopped takes the requests in its hands with it (connection_terminated), and until the new one listens every connect is refused. " +
      "The proxy knows of neither and sends it every second request. Drained first there is no failure at all: the check fails, the proxy takes the backend out, " +
      "it finishes what it has, restarts, and comes back when the check is well.",
    evidence: [
      "while :; do curl -so /dev/null -w '%{http_code} ' http://proxy/; done   # while the deployment runs",
      "nginx's error log: “upstream prematurely closed connection”, then “connect() failed (111: Connection refused)”",
      "journalctl -u app   # no time between Stopping and Stopped: nothing was finished",
    ],
    remedy:
      "Fail the health check first, wait for longer than the proxy needs to see it, finish the requests in hand (SIGTERM, server.close()), and only then end. In Kubernetes: a readiness probe and a preStop hook.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
