import { connectionLimit } from "../../harness/faults/connection-limit.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend resets every connection above its maximum",
  cause: "connection_terminated",
  upstreams: [connectionLimit({ most: 2, expected: 5 })],
  asks: [{ times: 5, together: true }],
  claim: { tally: { own: 3, clean: 2 } },
  proof: [
    { act: "accepted", times: 5 },
    { act: "rst", times: 3 },
  ],
  remedy: {
    upstreams: [connectionLimit({ most: 5, expected: 5 })],
    claim: { tally: { clean: 5 } },
    proof: [{ act: "accepted", times: 5 }],
  },
  story: {
    symptom:
      "With growing load a growing part of the requests gets a 502 at once, while the others are answered as fast as ever.",
    why:
      "A server, or a firewall in front of it, that has its maximum of connections resets the next ones. The proxy has opened them for requests of its own clients: " +
      "each surplus connection is a 502, and which request meets it is chance.",
    evidence: [
      "ss -tn state established 'dport = :PORT' | wc -l   # at the proxy: the same number again and again",
      "nstat -az TcpExtTCPAbortOnOverflow; iptables -L -v | grep -i connlimit",
      "nginx's error log: “recv() failed (104: Connection reset by peer) while reading response header from upstream”",
      "the application's own log: “too many connections”",
    ],
    remedy:
      "Raise the maximum, or keep the proxy below it: a limit of connections per backend with a queue (HAProxy's maxconn, nginx's max_conns), and kept connections that are used again.",
  },
  spec: ["RFC 9209 §2.3.8", "RFC 9110 §15.6.3"],
} satisfies Scenario;
