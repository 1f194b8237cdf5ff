import { restarting } from "../../harness/faults/restarting.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend restarts: dead for one request, alive for the next",
  cause: "connection_refused",
  upstreams: [restarting()],
  asks: [{ claim: "own" }, { after: "listening-again", claim: "clean" }],
  claim: "own",
  proof: [{ act: "down" }, { act: "listening-again" }],
  story: {
    symptom:
      "A handful of 502s at each deployment, or once a day at the hour of a cron job, and nothing to be seen a moment later.",
    why:
      "Between the end of the old process and listen() of the new one nobody has the port, and the kernel refuses connects at once. " +
      "A proxy that marks the backend as down for a while makes the gap longer than it was; one that asks again is well at once.",
    evidence: [
      "while :; do curl -so /dev/null -w '%{http_code} %{time_total}\\n' http://proxy/; done   # during a deployment",
      "journalctl -u app --since -5min   # Stopped …, Started …",
      "nginx's error log: “connect() failed (111: Connection refused) while connecting to upstream”",
      "HAProxy's log: termination state SC--",
    ],
    remedy:
      "Never let the port be without an owner: socket activation (systemd keeps the listener), SO_REUSEPORT with overlap, or several backends that restart one after the other, drained first. Requests that were never sent may be tried again.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
