import { socketHealthy, socketMissing } from "../../harness/faults/unix-socket.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend's unix socket file does not exist",
  cause: "connection_refused",
  upstreams: [socketMissing()],
  claim: "own",
  proof: [{ act: "probe-missing", times: 2 }],
  remedy: { upstreams: [socketHealthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom: "All requests fail at once. No port is involved, so `ss -lt` and the firewall show nothing unusual.",
    why: "connect() on a path that is not there fails with ENOENT before any byte could move. The server never started, removed its socket on the way out, or made it elsewhere: another /run, a container's own file system, systemd's private /tmp.",
    evidence: [
      "ls -l /run/app.sock   # No such file or directory",
      "curl -v --unix-socket /run/app.sock http://localhost/   # Immediate connect fail for /run/app.sock: No such file or directory",
      "systemctl show nginx -p PrivateTmp   # yes: the proxy sees a /tmp of its own",
      "nginx error log: connect() to unix:/run/app.sock failed (2: No such file or directory) while connecting to upstream",
    ],
    remedy:
      "Start the server, and give both sides the same path in the same mount namespace: a directory below /run that is shared, never /tmp.",
  },
  spec: ["RFC 9209 §2.3.7"],
} satisfies Scenario;
