import { answer } from "../../harness/faults/content.ts";
import { finWhenAnswered, readRequest, send } from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import type { Scenario } from "../../harness/scenario.ts";

export default {
  title: "The backend closes an idle kept connection well before the next request",
  upstreams: [wire(readRequest(), send(answer()), finWhenAnswered())],
  // The client on a connection of its own each time, then on one that it has kept.
  asks: [{}, { after: "parted" }, { after: { act: "parted", times: 2 }, on: "same" }],
  claim: "clean",
  proof: [{ act: "idle-closed", times: [2, 3] }],
  story: {
    symptom:
      "Nothing, and that is the point: an idle timeout on the backend's side is harmless while the proxy keeps watch.",
    why: "After the first answer the connection lies in the proxy's pool. The backend's keep-alive timeout runs out, and it sends FIN. A proxy that watches its idle connections (RFC 9112 §9.5) drops this one and opens a fresh one for the next request. One that does not writes into a closed door.",
    evidence: [
      "ss -tn state close-wait '( dport = :8080 )'   # at the proxy: entries that stay here are FINs that it has not noticed",
      "tcpdump -ni any 'tcp port 8080'   # [F.] from the backend, [F.] back, later a new [S]",
      "nginx access log: $upstream_connect_time is 0.000 on reuse, more on the fresh connection",
    ],
    remedy:
      "Nothing to do. If you see errors here, let the pool's idle timeout end before the backend's, so that it is the proxy who closes.",
  },
  spec: ["RFC 9112 §9.3", "RFC 9112 §9.5"],
} satisfies Scenario;
