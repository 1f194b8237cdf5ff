import { blackHole } from "../../harness/faults/black-hole.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "Nobody answers the connect: packets go into a black hole",
  cause: "connection_timeout",
  upstreams: [blackHole()],
  claim: "own",
  at: "connect",
  proof: [{ act: "queue-full" }, { act: "probe-sent" }, { act: "probe-unanswered" }],
  story: {
    symptom:
      "Every request to one backend takes exactly the connect timeout and ends in a 504; a refused port would fail at once.",
    why:
      "The SYN gets no answer, neither an acceptance nor a reset. On the road that is a firewall that drops, a security group, a wrong route, a machine that is switched off. " +
      "Here a listener's queue is full, so that the kernel drops the SYN: the wire is the same, and nothing leaves this machine. TCP alone would try for two minutes; the proxy's connect timer ends it.",
    evidence: [
      "curl -v --connect-timeout 2 http://backend:PORT/   # “Trying …”, then “Connection timed out”: refused would be at once",
      "ss -tn state syn-sent   # the proxy's connects that wait",
      "tcpdump -ni any 'port PORT and tcp[tcpflags] & tcp-syn != 0'   # the same SYN again after 1 s, 3 s, 7 s",
      "nginx's error log: “upstream timed out (110: Connection timed out) while connecting to upstream”",
    ],
    remedy:
      "Mend the road: firewall, security group, route, address. Keep the connect timer short (a second within one site), so that another backend can be tried.",
  },
  spec: ["RFC 9209 §2.3.9", "RFC 9110 §15.6.5"],
} satisfies Scenario;
