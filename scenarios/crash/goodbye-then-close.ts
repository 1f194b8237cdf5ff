import { answer } from "../../harness/faults/content.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend says Connection: close, answers whole and closes",
  upstreams: [wire(readRequest(), send(answer("200 OK", { Connection: "close" })), fin())],
  asks: [{ times: 3 }],
  claim: "clean",
  proof: [{ act: "fin" }, { act: "accepted", times: 3 }],
  story: {
    symptom: "None. Three requests, three answers, three connections.",
    why: "The close is announced in the answer that comes before it, so the proxy never puts the connection into its pool. The body has its own length; the FIN behind it changes nothing. This is the polite form of everything else in this family.",
    evidence: [
      "curl -v http://app:8080/   # < Connection: close … Closing connection",
      "ss -tan state time-wait '( sport = :8080 )' | wc -l   # at the backend: one for each request",
      "nginx access log: $upstream_connect_time above zero on every line",
    ],
    remedy:
      "Nothing is broken. Under load the missing reuse costs a handshake each time, and ports in TIME-WAIT: keep connections where you can.",
  },
  spec: ["RFC 9112 §9.6", "RFC 9112 §9.3"],
} satisfies Scenario;
