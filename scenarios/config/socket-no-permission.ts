import { socketForbidden, socketHealthy } from "../../harness/faults/unix-socket.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The unix socket is there, and the proxy's user may not open it",
  cause: "connection_refused",
  upstreams: [socketForbidden()],
  claim: "own",
  proof: [{ act: "probe-denied", times: 2 }],
  remedy: { upstreams: [socketHealthy()], proof: [{ act: "request-read", times: 1 }] },
  story: {
    symptom: "502 since the application was put under a user of its own; `curl --unix-socket` works, as root.",
    why: "To connect to a unix socket one needs write permission on its file, and search permission on each folder above. The application makes the file with its own umask, the proxy runs as another user, and connect() fails with EACCES before the application can notice. Its log stays empty. For RFC 9209 the door was shut: `connection_refused`.",
    evidence: [
      "nginx error log: connect() to unix:/run/app.sock failed (13: Permission denied) while connecting to upstream",
      "namei -l /run/app/app.sock   # the whole path, with owner and mode of each step",
      "sudo -u www-data curl --unix-socket /run/app/app.sock http://localhost/   # as the proxy's user, not as root",
    ],
    remedy:
      "A group that both are in, and mode 660 on the socket (gunicorn --umask 007, systemd SocketMode=0660). Under SELinux, look at `ausearch -m avc` too.",
  },
  spec: ["RFC 9209 §2.3.7", "RFC 9110 §15.6.3"],
} satisfies Scenario;
