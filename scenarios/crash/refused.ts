import { refused } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Nothing listens on the backend's port any more",
  cause: "connection_refused",
  upstreams: [refused()],
  claim: "own",
  proof: [{ act: "probe-refused", times: 2 }],
  remedy: { upstreams: [healthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom: "Every request fails at once, within a millisecond or two. Other routes of the proxy work.",
    why: "The proxy sends SYN, and the backend's kernel answers RST, because no socket listens on that port: the process has crashed, is being deployed, listens on another port, or only on its own 127.0.0.1. The host itself is up, or there would be no RST.",
    evidence: [
      "ss -ltnp 'sport = :8080'   # on the backend's host: empty",
      "curl -v http://app:8080/   # from the proxy's host: connect to app port 8080 failed: Connection refused",
      "tcpdump -ni any 'tcp port 8080'   # Flags [S], then Flags [R.] straight back",
      "nginx error log: connect() failed (111: Connection refused) while connecting to upstream",
      "HAProxy log: termination state SC, status 503",
    ],
    remedy:
      "Bring the process back, and make it listen where the proxy looks. Against the next time: two instances, and a proxy that tries the other one when it is refused. Nothing was sent yet, so even a POST may safely go there.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
