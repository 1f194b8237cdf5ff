import { fin, readRequest } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend reads the request and closes without a byte of answer",
  cause: "connection_terminated",
  upstreams: [wire(readRequest(), fin())],
  claim: "own",
  proof: [
    { act: "request-read", times: 1 },
    { act: "fin", times: 1 },
  ],
  story: {
    symptom:
      "One URL, or one customer's data, gives an error each time; all others work. The application's access log has no line for it.",
    why: "The worker took the request and ended before it wrote a status line: killed for memory, a segmentation fault, exit() in a handler, a supervisor that recycles workers. The kernel closes what the process had open: FIN, since nothing was left unread.",
    evidence: [
      "curl -v http://app:8080/that-url   # Empty reply from server",
      "dmesg -T | grep -iE 'out of memory|segfault'   # at that very second",
      "journalctl -u app --since -5min   # worker exited, respawned",
      "nginx error log: upstream prematurely closed connection while reading response header from upstream",
      "HAProxy log: termination state SH, status 502",
    ],
    remedy:
      "Fix the crash; the request that causes it is in the proxy's log. Let the proxy repeat such requests only when they are idempotent: the work may have been done before the worker died.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §9.2.2"],
} satisfies Scenario;
