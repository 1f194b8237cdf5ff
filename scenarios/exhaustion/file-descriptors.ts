import { outOfDescriptors } from "../../harness/faults/process-out-of-descriptors.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The application has no descriptor left to accept with, and closes at once",
  cause: "connection_terminated",
  upstreams: [outOfDescriptors({ limit: 64, needed: 100 })],
  claim: "own",
  proof: [{ act: "emfile" }, { act: "probe-closed", times: 2 }],
  remedy: { upstreams: [outOfDescriptors({ limit: 1024, needed: 100 })], proof: [{ act: "opened" }] },
  story: {
    symptom:
      "502s at once, under load or after days of uptime, though the process lives, its port is open and requests on connections already open succeed.",
    why:
      "Every connection and file takes a descriptor, and a process may have so many. With none left, accept() fails (EMFILE). " +
      "Node's runtime keeps a spare one for this case: it uses it to accept the connection and to close it, so that the queue does not fill. The proxy gets an end of the connection in place of a response.",
    evidence: [
      "ls /proc/PID/fd | wc -l; grep 'open files' /proc/PID/limits",
      "journalctl -u app | grep EMFILE   # “too many open files”, from whatever else opens something",
      "curl -v http://backend:PORT/   # Connected …, then “Empty reply from server” or “Connection reset by peer”",
      "nginx's error log: “recv() failed (104: Connection reset by peer)” or “upstream prematurely closed connection”",
    ],
    remedy:
      "Find the leak (lsof -p PID: many of one kind). Where the load itself needs them, raise the limit: LimitNOFILE= of the unit, --ulimit nofile= of the container, ulimit -n of the shell.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
