import { readRequestHead, stopReading } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend never reads the upload: the proxy can write no further",
  cause: "connection_write_timeout",
  upstreams: [wire(readRequestHead(), stopReading())],
  asks: [{ method: "POST", path: "/upload", body: 32 * 2 ** 20 }],
  claim: "own",
  at: "send",
  proof: [
    { act: "request-head-read", times: 1 },
    { act: "not-reading", times: 1 },
  ],
  alone: true, // the timer starts when all buffers are full: with neighbours that would take a while
  story: {
    symptom: "An upload starts fast, stops after a few megabytes, and fails with 504.",
    why: "The backend has taken the head and reads no more. For a while the kernels on both sides swallow the body, several megabytes of it; then the receive window is zero and every write of the proxy waits. This is no slow answer: the request itself does not get through, and it has a timer of its own.",
    evidence: [
      "ss -tnp '( sport = :8080 )'   # at the backend: Recv-Q in the megabytes, and it does not sink",
      "ss -tnop '( dport = :8080 )'   # at the proxy: Send-Q full, timer:(persist,…)",
      "tcpdump -ni any 'tcp port 8080'   # win 0 from the backend, window probes from the proxy",
      "nginx error log: upstream timed out (110: Connection timed out) while sending request to upstream",
    ],
    remedy:
      "The handler waits for something else before it reads its body (a lock, a scan, a quota), or nobody reads it at all: read it, or refuse with 413 and close. A proxy that buffers uploads first spares the backend slow clients, not itself this.",
  },
  spec: ["RFC 9209 §2.3.11", "RFC 9293 §3.8.6"],
} satisfies Scenario;
