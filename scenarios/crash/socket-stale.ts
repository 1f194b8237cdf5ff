import { socketHealthy, socketStale } from "../../harness/faults/unix-socket.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The unix socket file is there, but nobody listens on it",
  cause: "connection_refused",
  upstreams: [socketStale()],
  claim: "own",
  proof: [{ act: "probe-refused", times: 2 }],
  remedy: { upstreams: [socketHealthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom: "All requests fail at once, and yet the socket file is where it should be, with the right owner.",
    why: "A socket file is a name and no more. The server that bound it was killed and had no time to unlink it, so connect() finds the file, finds no listener behind it, and fails with ECONNREFUSED. The leftover also stops the next server: bind() says EADDRINUSE.",
    evidence: [
      "ls -l /run/app.sock   # srw-rw---- : it exists",
      "curl -v --unix-socket /run/app.sock http://localhost/   # Immediate connect fail for /run/app.sock: Connection refused",
      "ss -lxp | grep app.sock   # nothing: nobody listens",
      "journalctl -u app | grep -iE 'killed|address already in use'",
      "nginx error log: connect() to unix:/run/app.sock failed (111: Connection refused) while connecting to upstream",
    ],
    remedy:
      "Unlink the file before bind(), or let systemd own the socket (socket activation): then it outlives the server and clients wait in its queue during a restart.",
  },
  spec: ["RFC 9209 §2.3.7"],
} satisfies Scenario;
