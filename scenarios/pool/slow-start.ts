import { well } from "../../harness/faults/checked.ts";
import { warming } from "../../harness/faults/warming.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "A backend listens before it is ready",
  cause: "connection_read_timeout",
  upstreams: [warming("/health")],
  asks: [{ claim: "own" }, { after: "well", claim: "clean" }],
  claim: "own",
  at: "head",
  proof: [{ act: "request-waits", times: 1 }, { act: "well" }, { act: "request-read" }],
  remedy: {
    plan: { health: { path: "/health", every: 50 } },
    upstreams: [warming("/health"), well("/health")],
    asks: [
      { after: "seen-sick", times: 3 },
      { after: "seen-well", times: 4 },
    ],
    proof: [
      { act: "request-waits", times: 0 },
      { act: "request-read", upstream: 1 },
    ],
  },
  story: {
    symptom:
      "For some seconds after each start or scale-up a part of the requests gets a 504; then all is well, and nobody finds the reason.",
    why:
      "The process opens its port first and then loads what it needs: classes, caches, connections to a database. The kernel completes the handshake and takes the request; " +
      "nobody reads or answers it before the proxy's timer runs out. An open port is not a ready application.",
    evidence: [
      "curl -so /dev/null -w '%{time_connect} %{time_starttransfer}\\n' http://backend:8080/   # connected at once, then nothing",
      "ss -tlnp 'sport = :8080'   # it listens from the first second on",
      "nginx's error log: “upstream timed out (110: Connection timed out) while reading response header from upstream”",
    ],
    remedy:
      "Listen last, when everything is loaded; or give it a readiness check that fails until then, so that the proxy sends it nothing. A longer timer only makes the wait longer.",
  },
  spec: ["RFC 9209 §2.3.10", "RFC 9110 §15.6.5"],
} satisfies Scenario;
