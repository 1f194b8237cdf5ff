import { refused } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "One of two backends is dead, and the proxy does not try the other",
  cause: "connection_refused",
  upstreams: [refused(), healthy()],
  plan: { retries: 0 },
  asks: [{ times: 6 }],
  claim: { tally: { own: 3, clean: 3 } },
  proof: [
    { act: "probe-refused", upstream: 1 },
    { act: "request-read", upstream: 2, times: 3 },
  ],
  remedy: {
    upstreams: [healthy(), healthy()],
    proof: [
      { act: "request-read", upstream: 1, times: 3 },
      { act: "request-read", upstream: 2, times: 3 },
    ],
  },
  story: {
    symptom:
      "Every second request gets a 502, at once; a reload of the page helps. Monitoring that asks once a minute sees it now and then.",
    why:
      "The proxy takes its backends in turn. At the dead one nobody has the port, so the kernel refuses the connect; the proxy has no leave to ask the other one, " +
      "and nothing tells it to leave the dead one out.",
    evidence: [
      "for i in 1 2 3 4 5 6; do curl -so /dev/null -w '%{http_code}\\n' http://proxy/; done   # 502 and 200 in turn",
      'for b in backend1 backend2; do curl -so /dev/null -w "$b %{http_code} %{errormsg}\\n" http://$b:8080/; done',
      'nginx\'s error log names the dead one: “connect() failed (111: Connection refused) …, upstream: "http://10.0.0.1:8080/"”',
    ],
    remedy:
      "Bring the backend back. That nobody notices the next time: let a refused connect go on to the next backend, and let the proxy leave out one that fails (passive ejection, health checks).",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
