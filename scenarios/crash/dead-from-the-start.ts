import { deadFromTheStart } from "../../harness/faults/refused.ts";
import { healthy } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend was down already when the proxy started",
  cause: "connection_refused",
  upstreams: [deadFromTheStart()],
  claim: "own",
  proof: [{ act: "probe-refused", times: 2 }],
  remedy: { upstreams: [healthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom:
      "After a reboot of the machine the proxy is up and answers nothing but errors, until somebody restarts it.",
    why: "On the wire it is a refused connect like any other. The difference lies in the proxy: some look at their upstreams once, at start, and keep what they saw. A peer that was dead then is not dialled again even when it has long been up.",
    evidence: [
      "systemctl list-dependencies --after nginx   # is the application ordered before the proxy?",
      "journalctl -b -u app -u nginx -o short-precise   # which of the two came first",
      "tcpdump -ni lo 'tcp[tcpflags] & tcp-syn != 0 and port 8080'   # no SYN at all: the proxy has given up on the peer",
      "Squid cache.log: Detected DEAD Parent",
    ],
    remedy:
      "Order the start (the application first), but do not rely on it: let the proxy probe its upstreams for as long as it lives, or connect anew for every request.",
  },
  spec: ["RFC 9209 §2.3.7"],
} satisfies Scenario;
