import { readBytes, readRequestHead, rst } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets in the middle of an upload",
  cause: "connection_terminated",
  upstreams: [wire(readRequestHead(), readBytes(65_536), rst())],
  asks: [{ method: "POST", path: "/upload", body: 2 * 2 ** 20 }],
  claim: "own",
  proof: [
    { act: "request-head-read", times: 1 },
    { act: "bytes-read", times: 1 },
    { act: "rst", times: 1 },
  ],
  story: {
    symptom: "Large uploads break off; the browser shows “connection was reset” or a bare 502.",
    why: "The proxy is in the middle of writing when RST arrives: its next write fails with EPIPE or ECONNRESET. Nothing was answered, and how much of the body the application has seen is anybody's guess.",
    evidence: [
      "curl -v -T big.iso http://gateway/upload",
      "strace -f -e trace=writev,sendto -p $(pgrep -f 'nginx: worker')   # = -1 EPIPE (Broken pipe)",
      "nginx error log: recv() failed (104: Connection reset by peer) while reading response header from upstream",
      "dmesg -T | grep -i oom   # a worker killed while it held the body in memory",
    ],
    remedy:
      "Find what kills the reader. A client that wants to survive it uploads in resumable parts, since a POST must not be repeated blindly.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §9.2.2"],
} satisfies Scenario;
